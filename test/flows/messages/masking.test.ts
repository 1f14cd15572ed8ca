import { expect, test } from 'vitest';
import { makeWorld, signRoomToken } from '../../helpers/world.ts';
import { withHttpServer } from '../../contracts/with-http-server.ts';
import { createOutbound } from '../../../server/adapters/outbound/outbound.ts';
import { outboundFetch } from '../../../server/adapters/outbound/outbound-fetch.ts';
import { createWebhookSender } from '../../../server/adapters/webhooks/webhook-sender.ts';
import { withMessages } from './with-messages.ts';

const HOST = ['ana@host.example', '+14155550199', '4155550199'];
const INVITEE = ['cleo@client.example', '+14155550123', '4155550123'];
const GUEST = ['gus@guest.example'];
const TEN = '2026-11-24T15:00:00Z';
const TWELVE = '2026-11-24T17:00:00Z';

test('before a contract no mail, calendar file, or masked webhook tells one side the other side’s address or number, whatever happens to the meeting', async () => {
  await withHttpServer(
    (_request, response) => response.writeHead(204).end(),
    async (url, hooks) => {
      const limits = { timeoutMs: 5000, maxBytes: 10_000, maxRedirects: 0 };
      const outbound = createOutbound({ allow: ['127.0.0.0/8'] });
      const webhooks = createWebhookSender({ fetch: outboundFetch(outbound, limits), timeoutMs: 5000, mayReach: outbound.mayReach });
      await withMessages(
        async (test) => {
          const world = await makeWorld(test, {
            tenant: { defaultStage: 'preContract', requireRoomToken: true, messages: { email: true, sms: true } },
            host: { phone: '+14155550199' },
            eventType: {
              confirmation: 'request',
              minimumNoticeMinutes: 0,
              reminders: [{ minutesBefore: 60, channel: 'email', to: 'all' }],
            },
          });
          // A host's own line that was fine when it was written is screened again when it is sent.
          await test.db
            .updateTable('event_types')
            .set(
              (eb) =>
                ({
                  settings: eb.fn('jsonb_set', ['settings', eb.val('{message}'), eb.val(JSON.stringify('Call me: +1 415 555 0199'))]),
                }) as never,
            )
            .execute();
          await test.call('POST', '/v1/webhook-endpoints', { key: world.secretKey, body: { url, events: ['*'] } });
          const claims = { email: 'cleo@client.example', phone: '+14155550123' };
          const roomToken = await signRoomToken(world, test.clock.nowMs(), claims);
          const hostToken = await signRoomToken(world, test.clock.nowMs(), { sub: 'ana', name: 'Ana', role: 'host' });
          const asClient = (path: string, body: object) => test.call('POST', path, { key: world.publishableKey, roomToken, body });
          const asHost = (path: string, body: object) => test.call('POST', path, { key: world.publishableKey, roomToken: hostToken, body });
          const step = async (call: Promise<{ status: number; text: string; body: { id: string } }>) => {
            const answer = await call;
            expect(answer.status, answer.text).toBeLessThan(300);
            await test.postman.drain();
            return answer.body.id;
          };
          const guests = [{ name: 'Gus', email: 'gus@guest.example' }];
          const invitee = { timeZone: 'Europe/Berlin' };
          const id = await step(asClient('/v1/bookings', { eventTypeId: world.eventTypeId, start: TEN, invitee, guests, note: 'See you' }));
          await step(asHost(`/v1/bookings/${id}/confirm`, { message: 'Looking forward' }));
          await step(asClient(`/v1/bookings/${id}/reschedule`, { start: TWELVE }));
          await step(asHost(`/v1/bookings/${id}/confirm`, {}));
          await step(asClient(`/v1/bookings/${id}/guests`, { remove: ['gus@guest.example'] }));
          await step(asClient(`/v1/bookings/${id}/guests`, { add: guests }));
          await step(
            asHost('/v1/proposals', { eventTypeId: world.eventTypeId, starts: ['2026-11-25T15:00:00Z'], invitee: undefined }).catch(fail),
          );
          test.clock.setTime('2026-11-24T16:00:00Z');
          await test.postman.drain();
          const late = await signRoomToken(world, test.clock.nowMs(), { sub: 'ana', name: 'Ana', role: 'host' });
          await step(
            test.call('POST', `/v1/bookings/${id}/cancel`, { key: world.publishableKey, roomToken: late, body: { reason: 'A deadline' } }),
          );

          const kinds = await test.db.selectFrom('outgoing_messages').select('kind').distinct().execute();
          expect(kinds.map(({ kind }) => kind)).toEqual(
            expect.arrayContaining(['requested', 'confirmed', 'moveRequested', 'rescheduled', 'guestAdded', 'guestRemoved', 'cancelled']),
          );
          expect(test.mails.caught.length).toBeGreaterThan(15);
          for (const mail of test.mails.caught) {
            const own = [...HOST, ...INVITEE, ...GUEST].filter((text) => mail.to.address === text);
            const artefact = [
              mail.subject,
              mail.text,
              mail.html,
              mail.invitation?.file.replaceAll('\r\n ', '') ?? '',
              JSON.stringify(mail.replyTo),
            ].join('\n');
            const isInvitee = mail.to.address === INVITEE[0];
            // The invitee brought the guests along and knows them.
            const foreign = [...HOST, ...INVITEE, ...GUEST].filter(
              (text) => !own.includes(text) && !(isInvitee && [...GUEST, ...INVITEE].includes(text)),
            );
            const mine = mail.to.address === HOST[0] ? HOST : [];
            for (const text of foreign.filter((one) => !mine.includes(one)))
              expect(artefact, `${mail.to.address}: ${mail.subject}`).not.toContain(text);
            expect(artefact.toLowerCase()).not.toContain('call me');
          }
          expect(hooks.length).toBeGreaterThan(7);
          for (const { body } of hooks) for (const text of [...HOST, ...INVITEE, ...GUEST]) expect(body).not.toContain(text);
        },
        { webhooks },
      );
    },
  );
});

function fail(error: unknown): never {
  throw error;
}
