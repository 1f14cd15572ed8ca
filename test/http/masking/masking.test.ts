import { describe, expect, test } from 'vitest';
import { bookEveryWay, DAY } from './book-every-way.ts';
import { collectArtefacts, kindsOf } from './collect-artefacts.ts';
import { type Artefact, findLeaks, HOST, INVITEE, PLAIN_ANSWERS, type Reader, SECRETS, TELLING_ANSWERS } from './find-leaks.ts';
import { TELLING_STANDING, withRooms } from './with-rooms.ts';

const KINDS = ['SMS', 'answer', 'calendar file', 'event', 'log', 'mail', 'masked webhook'];

describe('the masking invariant', () => {
  test('before a contract nothing that leaves tells one side how to reach the other, by whatever way the meeting came about and whatever happened to it', async () => {
    await withRooms('preContract', async (rooms) => {
      await bookEveryWay(rooms, PLAIN_ANSWERS);
      const artefacts = await collectArtefacts(rooms);
      expect(findLeaks(artefacts)).toEqual([]);
      expect(kindsOf(artefacts)).toEqual(KINDS);
      const kinds = new Set(artefacts.map(({ what }) => what)).size;
      console.log(`${artefacts.length} artefacts of ${kinds} kinds searched for ${Object.values(SECRETS).flat().length} texts`);
    });
  });

  test('texts that stand since nothing was screened tell nobody before a contract: names, title, description, message, questions, choices', async () => {
    await withRooms(
      'preContract',
      async (rooms) => {
        await bookEveryWay(rooms, PLAIN_ANSWERS);
        const artefacts = await collectArtefacts(rooms);
        expect(findLeaks(artefacts)).toEqual([]);
        const toInvitee = artefacts.filter(({ reader }) => reader === 'invitee').map(({ text }) => text);
        expect(toInvitee.some((text) => text.includes('Hosanna ('))).toBe(true);
      },
      TELLING_STANDING,
    );
  });

  test('what was written under a contract is kept back when the room goes back before one, and told again afterwards', async () => {
    await withRooms('contract', async (rooms) => {
      const { post, world, given } = rooms;
      const { id } = await post('/v1/bookings', 'invitee', {
        eventTypeId: world.eventTypeId,
        start: `${DAY}T14:00:00Z`,
        note: 'telegram: @ingrid_gram, or +1 415 555 0182',
        answers: TELLING_ANSWERS,
        location: { type: 'phone' },
        guests: [{ name: 'Gunther (gunther.private@elsewhere.example)', email: 'gunther.private@elsewhere.example' }],
      });
      await given.call('PATCH', `/v1/hosts/${world.hostId}`, { key: world.secretKey, body: { name: 'Hosanna, insta @hosanna_gram' } });
      // Its mails have not left yet when the stage changes.
      await post(`/v1/bookings/${id}/reschedule`, 'host', { start: `${DAY}T15:00:00Z`, reason: 'my instagram is @hosanna_gram' });
      const seenBy = async (role: 'invitee' | 'host') => (await rooms.get(`/v1/bookings/${id}`, role)).text;
      expect(await seenBy('host')).toContain('ingrid_gram');
      expect(await seenBy('invitee')).toContain(HOST.phone);
      given.clock.advanceMinutes(1);
      await rooms.state('preContract');
      await given.call('PATCH', '/v1/tenant', { key: world.secretKey, body: { defaultStage: 'preContract' } });
      expect(findLeaks(await collectArtefacts(rooms, { withoutPast: true }))).toEqual([]);
      expect(await seenBy('invitee')).toContain('ingrid_gram');
      given.clock.advanceMinutes(1);
      await rooms.state('contract');
      expect(await seenBy('host')).toContain('ingrid_gram');
    });
  });

  test('under a contract that shares them both sides read each other’s details everywhere, and outsiders still do not', async () => {
    await withRooms('contract', async (rooms) => {
      await bookEveryWay(rooms, TELLING_ANSWERS);
      const artefacts = await collectArtefacts(rooms);
      const readBy = (reader: Reader, kind = '') =>
        artefacts.flatMap((one) => (one.reader === reader && one.what.startsWith(kind) ? one.text : [])).join('\n');
      for (const secret of [HOST.email, HOST.phone])
        for (const kind of ['answer', 'calendar file', 'mail']) expect(readBy('invitee', kind)).toContain(secret);
      for (const secret of [INVITEE.email, INVITEE.phone, TELLING_ANSWERS.reach]) expect(readBy('host', 'answer')).toContain(secret);
      for (const kind of ['calendar file', 'mail']) expect(readBy('host', kind)).toContain(INVITEE.email);
      for (const secret of [HOST.email, INVITEE.email]) expect(readBy('operator', 'full webhook')).toContain(secret);
      expect(findLeaks(artefacts.filter(({ reader }) => reader === 'nobody'))).toEqual([]);
    });
  });

  test('the search itself finds a detail told to the wrong side, plain, spaced or in capitals', () => {
    const told = (reader: Reader, text: string): Artefact => ({ what: 'mail', reader, text });
    expect(findLeaks([told('host', `write to ${INVITEE.email}`)])).toHaveLength(2);
    expect(findLeaks([told('invitee', 'or +1 (415) 555-0171')])).toHaveLength(2);
    expect(findLeaks([told('guest', 'HOSANNA.PRIVATE')])).toHaveLength(1);
    expect(findLeaks([told('invitee', `with ${SECRETS.guest[0]}`), told('operator', HOST.email), told('host', HOST.email)])).toEqual([]);
  });
});
