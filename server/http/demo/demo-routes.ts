import fastifyStatic from '@fastify/static';
import { SignJWT } from 'jose';
import Type from 'typebox';
import { strictObject, oneOf } from '../../../shared/contract/shape.ts';
import { refuse } from '../../domain/outcome.ts';
import type { App } from '../app-type.ts';
import { sendProblem } from '../problem.ts';
import { CAST, type Freelancer } from './cast.ts';
import { screenMessage } from './screen-message.ts';
import type { DemoKeys, DemoRoom } from './seed-demo.ts';

const Side = oneOf(['client', 'freelancer']);
type Side = Type.Static<typeof Side>;
const roomParams = strictObject({ id: Type.String({ maxLength: 100 }) });

interface Message {
  readonly from: Side;
  readonly text: string;
  readonly at: string;
}

/** A room token is good for this long; the page asks for a new one when the widget says that it has expired. */
const TOKEN_MINUTES = 15;
const MOST_MESSAGES = 200;

/** The demo marketplace's page and backend. It talks to Parley as any customer does: keys, signed tokens and the public API. */
export async function registerDemo(app: App, keys: () => DemoKeys, pageDir: string): Promise<void> {
  const threads = new Map<string, Message[]>();
  await app.register(fastifyStatic, { root: pageDir, prefix: '/demo/', decorateReply: false });
  for (const path of ['/', '/demo']) app.get(path, async (_request, reply) => reply.redirect('/demo/'));

  app.get('/demo/api/rooms', async () => ({
    publishableKey: keys().publishableKey,
    rooms: keys().rooms.map((room) => showRoom(room, threads)),
  }));

  app.post('/demo/api/rooms/:id/token', { schema: { params: roomParams, body: strictObject({ side: Side }) } }, async (request, reply) => {
    const room = findRoom(keys(), request.params.id);
    if (room === null) return sendProblem(request, reply, refuse('not_found'));
    return signToken(keys(), room, request.body.side, Date.now());
  });

  app.get(
    '/demo/api/rooms/:id/meetings',
    { schema: { params: roomParams, querystring: strictObject({ side: Side }) } },
    async (request, reply) => {
      const room = findRoom(keys(), request.params.id);
      if (room === null) return sendProblem(request, reply, refuse('not_found'));
      const { token } = await signToken(keys(), room, request.query.side, Date.now());
      const headers = { authorization: `Bearer ${keys().publishableKey}`, 'x-room-token': token };
      const answer = await app.inject({ url: `/v1/bookings?roomId=${encodeURIComponent(room.id)}&limit=100`, headers });
      return reply.code(answer.statusCode).type('application/json').send(answer.body);
    },
  );

  app.post(
    '/demo/api/rooms/:id/messages',
    {
      schema: {
        params: roomParams,
        body: strictObject({ side: Side, text: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) }),
      },
    },
    async (request, reply) => {
      const room = findRoom(keys(), request.params.id);
      if (room === null) return sendProblem(request, reply, refuse('not_found'));
      const thread = threads.get(room.id) ?? [];
      const { side } = request.body;
      const message: Message = { from: side, text: request.body.text.trim(), at: new Date().toISOString() };
      const before = thread.filter(({ from }) => from === side).map(({ text }) => text);
      const { token } = await signToken(keys(), room, side, Date.now());
      const screened = await screenMessage(app, keys(), token, { text: message.text, before });
      if (screened.verdict === 'block') return reply.code(422).send(screened);
      threads.set(room.id, [...thread, message].slice(-MOST_MESSAGES));
      return reply.code(201).send({ ...message, verdict: screened.verdict });
    },
  );
}

function findRoom(keys: DemoKeys, id: string): DemoRoom | null {
  return keys.rooms.find((room) => room.id === id) ?? null;
}

function freelancerOf(room: DemoRoom): Freelancer {
  const found = CAST.find((freelancer) => freelancer.externalId === room.freelancer);
  if (found === undefined) throw new Error(`demo: ${room.freelancer} is not in the cast`);
  return found;
}

function showRoom(room: DemoRoom, threads: ReadonlyMap<string, readonly Message[]>) {
  const { role, city, host, client, thread } = freelancerOf(room);
  const now = Date.now();
  const written = thread.map(({ from, text, minutesAgo }) => ({ from, text, at: new Date(now - minutesAgo * 60_000).toISOString() }));
  return {
    id: room.id,
    freelancer: { name: host.name, role, city, timeZone: host.timeZone, hostId: room.hostId, eventTypeId: room.eventTypeId },
    client: { name: client.name, city: client.city, timeZone: client.timeZone },
    messages: [...written, ...(threads.get(room.id) ?? [])],
  };
}

async function signToken(keys: DemoKeys, room: DemoRoom, side: Side, nowMs: number): Promise<{ token: string; expiresAt: string }> {
  const { host, client, externalId } = freelancerOf(room);
  const person =
    side === 'client'
      ? { sub: client.externalId, name: client.name, role: 'invitee', timeZone: client.timeZone }
      : { sub: externalId, name: host.name, role: 'host', timeZone: host.timeZone };
  const iat = Math.floor(nowMs / 1000);
  const exp = iat + TOKEN_MINUTES * 60;
  const token = await new SignJWT({ ...person, hostId: room.hostId, room: { id: room.id, stage: 'preContract' }, iat, exp })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(keys.embedSecret));
  return { token, expiresAt: new Date(exp * 1000).toISOString() };
}
