import { createPostman, type Postman } from '../../../server/flows/postman.ts';
import type { SmsMessage } from '../../../server/adapters/sms/sms-sender.ts';
import { catchMails, type MailCatcher } from '../../flows/messages/mail-catcher.ts';
import { type Answer, type TestApp, withApp } from '../../helpers/app.ts';
import { makeWorld, signRoomToken, type World } from '../../helpers/world.ts';
import { type Artefact, HOST, INVITEE } from './find-leaks.ts';

export type Stage = 'preContract' | 'contract';
export type Who = 'invitee' | 'host' | 'visitor' | 'operator';

/** What has left Parley so far, each by its own way out. */
export interface Outbox {
  readonly answers: Artefact[];
  readonly mails: MailCatcher['caught'];
  readonly texts: SmsMessage[];
  readonly hooks: { readonly url: string; readonly body: string }[];
  readonly logs: string[];
}

/** A room with both sides in it, a visitor and the tenant's own key; whatever they are answered is kept. */
export interface Rooms {
  readonly given: TestApp;
  readonly world: World;
  readonly outbox: Outbox;
  readonly bookings: Map<string, { readonly manageToken: string | null }>;
  readonly drain: () => Promise<void>;
  /** The marketplace says at which stage the room is from now on. */
  readonly state: (stage: Stage) => Promise<void>;
  readonly post: (url: string, who: Who, body: object) => Promise<Answer['body']>;
  readonly get: (url: string, who: Who) => Promise<Answer>;
}

export interface Standing {
  readonly host?: object;
  readonly eventType?: object;
}

const SHARING = { screening: 'off', shareContactDetails: true, locations: ['room', 'phone'] };
const CLOSED = { locations: ['room', 'phone'], fallbackLocations: ['link'] };

/** What a host wrote when nothing was screened yet: texts that stand, and are read in every meeting. */
export const TELLING_STANDING = {
  host: { name: 'Hosanna (telegram @hosanna_gram)', description: `Write to ${HOST.email}` },
  eventType: {
    title: 'Talk, or t.me/hosanna_gram',
    description: `Or mail ${HOST.email}`,
    message: 'Call me: +1 415 555 0171',
    questions: [
      { key: 'reach', label: 'Your number', type: 'phone' },
      { key: 'goal', label: 'Goal (or tell me on telegram @hosanna_gram)', type: 'text' },
      { key: 'way', label: 'Way', type: 'choice', options: ['here', 'mail to hosanna.private@hosthome.example'] },
    ],
  },
} as const;

export async function withRooms(stage: Stage, use: (rooms: Rooms) => Promise<void>, standing: Standing = {}): Promise<void> {
  const mails = catchMails();
  const outbox: Outbox = { answers: [], mails: mails.caught, texts: [], hooks: [], logs: [] };
  const sms = {
    send: async (message: SmsMessage) => {
      outbox.texts.push(message);
      return { ok: true, providerId: null } as const;
    },
  };
  const play = async (given: TestApp) => {
    const world = await makeRooms(given, stage, standing);
    const failures: unknown[] = [];
    const postman = createPostman({ ...given.deps, webhooks: { ...given.deps.webhooks, deliver: catchHooks(outbox) } }, (error) =>
      failures.push(error),
    );
    await use(roomsOf(given, world, outbox, stage, postman));
    if (failures.length > 0) throw failures[0];
  };
  await withApp(play, { logLevel: 'trace', logTo: { write: (line) => void outbox.logs.push(line) } }, { mailer: mails, sms });
}

/** Texts are set while the tenant starts under a contract, where they may say anything. */
async function makeRooms(given: TestApp, stage: Stage, standing: Standing): Promise<World> {
  const world = await makeWorld(given, {
    tenant: {
      name: 'Market',
      defaultStage: 'contract',
      policy: { preContract: CLOSED, contract: SHARING },
      messages: { email: true, sms: true },
    },
    host: { ...HOST, ...standing.host },
    eventType: {
      minimumNoticeMinutes: 0,
      locations: [{ type: 'room' }, { type: 'phone', number: HOST.phone }],
      reminders: [
        { minutesBefore: 120, channel: 'email', to: 'all' },
        { minutesBefore: 60, channel: 'sms', to: 'all' },
      ],
      questions: [
        { key: 'reach', label: 'Your number', type: 'phone' },
        { key: 'goal', label: 'Goal', type: 'text' },
      ],
      ...standing.eventType,
    },
  });
  await given.call('PATCH', '/v1/tenant', { key: world.secretKey, body: { defaultStage: stage } });
  const asKey = (url: string, body: object) => given.call('POST', url, { key: world.secretKey, body });
  for (const contactDetails of ['masked', 'full'])
    await asKey('/v1/webhook-endpoints', { url: `https://hooks.example/${contactDetails}`, events: ['*'], contactDetails });
  const text = 'Remind me by SMS.';
  await asKey('/v1/sms-consents', { phone: HOST.phone, text, actor: { externalId: 'h', role: 'host' } });
  await asKey('/v1/sms-consents', { phone: INVITEE.phone, text, actor: { externalId: 'c', role: 'invitee' } });
  return world;
}

function roomsOf(given: TestApp, world: World, outbox: Outbox, stage: Stage, postman: Postman): Rooms {
  let now = stage;
  const bookings: Rooms['bookings'] = new Map();
  const sides = {
    host: { sub: 'h', name: HOST.name },
    invitee: { sub: 'c', name: INVITEE.name, email: INVITEE.email, phone: INVITEE.phone, timeZone: 'Europe/Berlin' },
  };
  const send = async (method: 'GET' | 'POST', url: string, who: Who, body?: object) => {
    const claims = who === 'host' || who === 'invitee' ? { role: who, room: { id: 'room-1', stage: now }, ...sides[who] } : null;
    const answer = await given.call(method, url, {
      key: who === 'operator' ? world.secretKey : world.publishableKey,
      body,
      ...(claims !== null && { roomToken: await signRoomToken(world, given.clock.nowMs(), claims) }),
    });
    // A visitor who books is answered as the invitee; one who only looks around is nobody.
    const reader = who !== 'visitor' ? who : method === 'GET' ? 'nobody' : 'invitee';
    outbox.answers.push({ what: `answer ${who} ${method} ${withoutIds(url)}`, reader, text: answer.text });
    if (answer.status >= 400) throw new Error(`${who} ${url}: ${answer.text}`);
    return answer;
  };
  return {
    given,
    world,
    outbox,
    bookings,
    drain: () => postman.drain(),
    state: async (to) => {
      now = to;
      await given.call('PUT', '/v1/rooms/room-1', { key: world.secretKey, body: { stage: to } });
    },
    post: async (url, who, body) => {
      const { body: made } = await send('POST', url, who, body);
      if (made.id.startsWith('bkg_') && !bookings.has(made.id)) bookings.set(made.id, { manageToken: made.manageToken ?? null });
      return made;
    },
    get: (url, who) => send('GET', url, who),
  };
}

function catchHooks({ hooks }: Outbox) {
  return async ({ url, body }: { url: string; body: string }) => {
    hooks.push({ url, body });
    return { status: 200, detail: 'http 200', retryAfterMs: null };
  };
}

function withoutIds(url: string): string {
  return (url.split('?')[0] ?? url).replaceAll(/\w+_[0-9a-z]{20,}/g, ':id');
}
