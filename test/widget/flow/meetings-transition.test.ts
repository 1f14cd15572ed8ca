import { describe, expect, test } from 'vitest';
import type { Booking } from '../../../shared/contract/booking.ts';
import type { Proposal } from '../../../shared/contract/proposal.ts';
import type { SlotDay, SlotsAnswer } from '../../../shared/contract/slots.ts';
import { callOf, groupMeetings } from '../../../widget/flow/meetings-groups.ts';
import { newsBetween } from '../../../widget/flow/meetings-news.ts';
import type { MeetingsEvent } from '../../../widget/flow/meetings-event.ts';
import { initialMeetings, MOST_PROPOSED, type MeetingsState } from '../../../widget/flow/meetings-state.ts';
import { meetingsTransition } from '../../../widget/flow/meetings-transition.ts';
import { runMeetingsEffect } from '../../../widget/flow/meetings-effects.ts';
import type { Caller } from '../../../widget/api/caller.ts';
import { NOTICE } from './sample.ts';

const NOW_MS = Date.parse('2026-08-03T12:00:00Z');

const BOOKING: Booking = {
  id: 'bkg_1',
  status: 'requested',
  eventTypeId: 'evt_1',
  title: 'Intro',
  start: '2026-08-04T14:00:00Z',
  end: '2026-08-04T14:30:00Z',
  durationMinutes: 30,
  hosts: [{ id: 'host_1', name: 'Dana Reyes' }],
  invitee: { name: 'Cleo Client', timeZone: null, locale: null },
  guests: [],
  answers: {},
  note: null,
  location: { type: 'room' },
  room: { id: 'room-1', stage: 'preContract' },
  stage: 'preContract',
  sequence: 0,
  rescheduleCount: 0,
  rescheduleTo: null,
  acknowledgementId: null,
  requestExpiresAt: null,
  links: { google: '', outlook: '', office365: '', yahoo: '' },
  createdAt: '2026-08-03T10:00:00Z',
  updatedAt: '2026-08-03T10:00:00Z',
  cancelledAt: null,
  reason: null,
};
const OFFER: Proposal = {
  id: 'prp_1',
  status: 'open',
  eventTypeId: 'evt_1',
  starts: ['2026-08-04T15:00:00Z', '2026-08-04T16:00:00Z'],
  durationMinutes: 30,
  by: 'host',
  room: { id: 'room-1', stage: 'preContract' },
  bookingId: null,
  endedBy: null,
  reason: null,
  expiresAt: '2026-08-04T12:00:00Z',
  createdAt: '2026-08-03T10:00:00Z',
  updatedAt: '2026-08-03T10:00:00Z',
};

describe('the list of meetings', () => {
  test('is asked for once at a time, told to the page when it differs, and what is new is said, but not at the first look', () => {
    const first = play(initialMeetings('host'), { type: 'refresh' });
    expect(first.effects).toEqual([{ type: 'load', generation: 0 }]);
    expect(play(first.state, { type: 'refresh' }).effects).toEqual([]);
    const seen = play(first.state, loaded([BOOKING], []));
    expect(seen.state.news.items).toEqual([]);
    expect(seen.effects.map(({ type }) => type)).toEqual(['loadEventTypes', 'tell']);
    const same = play({ ...seen.state, eventTypes: { evt_1: null } }, loaded([BOOKING], []));
    expect(same.effects).toEqual([]);
    const more = play(same.state, loaded([BOOKING, { ...BOOKING, id: 'bkg_2' }], []));
    expect(more.state.news.items).toEqual([{ say: 'newsRequest', title: 'Intro', start: BOOKING.start }]);
    expect(more.effects).toMatchObject([{ type: 'tell', name: 'meetings-changed' }]);
  });

  test('is asked for once more where something changed, or the token was renewed, while an answer was on its way', () => {
    const asked = play(initialMeetings('host'), { type: 'refresh' }, { type: 'outdated' });
    expect(asked.effects, 'one at a time').toEqual([]);
    expect(play(asked.state, loaded([], [])).effects).toEqual([{ type: 'load', generation: 1 }]);
    const late = play(asked.state, { type: 'loadFailed', generation: 0, failure: { ok: false, code: 'token_expired' } });
    expect(late.effects).toEqual([{ type: 'load', generation: 1 }]);
    expect(late.state.failure).toBeNull();
  });

  test('does not go back to what it was before an action: an older answer is asked for again', () => {
    const { state } = seen('host', [BOOKING]);
    const asked = play(state, { type: 'refresh' });
    const acting = play(asked.state, { type: 'act', action: { kind: 'confirm', id: 'bkg_1', message: '' } });
    const done = play(acting.state, {
      type: 'acted',
      action: { kind: 'confirm', id: 'bkg_1', message: '' },
      result: { booking: { ...BOOKING, status: 'confirmed' } },
    });
    const late = play(done.state, loaded([BOOKING], []));
    expect(late.state.bookings[0]?.status).toBe('confirmed');
    expect(late.effects).toEqual([{ type: 'load', generation: 1 }]);
  });

  test('sends one thing at a time; a failure keeps the form open, is told, and stale states are looked at anew', () => {
    const opened = play(seen('invitee', [BOOKING]).state, { type: 'open', id: 'bkg_1', mode: 'cancel' });
    expect(opened.state.focus?.target).toBe('form');
    const action = { kind: 'cancel', id: 'bkg_1', reason: 'Ill' } as const;
    const sent = play(opened.state, { type: 'act', action });
    expect(sent.effects).toEqual([{ type: 'act', action, given: '' }]);
    expect(play(sent.state, { type: 'act', action }).effects).toEqual([]);
    const failed = play(sent.state, { type: 'actFailed', action, given: '', failure: { ok: false, code: 'unreachable' } });
    expect(failed.state).toMatchObject({ busy: null, open: { id: 'bkg_1', mode: 'cancel' }, problem: { action } });
    expect(failed.effects).toEqual([{ type: 'tell', name: 'error', detail: { code: 'unreachable' } }]);
    const stale = play(sent.state, { type: 'actFailed', action, given: '', failure: { ok: false, code: 'invalid_state' } });
    expect(stale.effects.map(({ type }) => type)).toEqual(['load', 'tell']);
    const cancelled = { ...BOOKING, status: 'cancelled' as const };
    const done = play(sent.state, { type: 'acted', action, result: { booking: cancelled } });
    expect(done.state).toMatchObject({ open: null, focus: { target: 'entry:bkg_1' }, news: { items: [{ say: 'newsCancelled' }] } });
    expect(done.effects.map((effect) => effect.type === 'tell' && effect.name)).toEqual(['cancelled', 'meetings-changed']);
  });

  test('waits with an action until the terms are ticked, then goes on with it; a second notice keeps what was given', () => {
    const action = { kind: 'accept', id: 'prp_1', start: OFFER.starts[0] ?? '' } as const;
    const { state } = seen('invitee', [], [OFFER]);
    const missing = { ok: false, code: 'acknowledgement_required', problem: problemWith(NOTICE) } as const;
    const asked = play(state, { type: 'act', action }, { type: 'actFailed', action, given: 'ack_0', failure: missing });
    expect(asked.state.terms).toMatchObject({ notice: NOTICE, given: 'ack_0', needsTick: false });
    expect(asked.state.problem).toBeNull();
    const unticked = play(asked.state, { type: 'agree', isTicked: false });
    expect(unticked.state).toMatchObject({ terms: { needsTick: true }, focus: { target: 'tick' } });
    expect(unticked.effects).toEqual([]);
    expect(play(unticked.state, { type: 'agree', isTicked: true }).effects).toMatchObject([{ type: 'agree', terms: { action } }]);
    expect(play(asked.state, { type: 'leaveTerms' }).state).toMatchObject({ terms: null, focus: { target: 'entry:prp_1' } });
  });

  test('tells an expired token once, not at every look', () => {
    const failure = { ok: false, code: 'token_expired' } as const;
    const once = play(seen('host', []).state, { type: 'loadFailed', generation: 0, failure });
    expect(once.effects).toEqual([{ type: 'tell', name: 'token-expired', detail: {} }]);
    expect(play(once.state, { type: 'loadFailed', generation: 0, failure }).effects).toEqual([]);
  });
});

describe('offering times', () => {
  const slots = (date: string, hours: number[]) => ({
    date,
    available: hours.length > 0,
    slots: hours.map((hour) => ({ start: `${date}T${hour}:00:00Z`, end: `${date}T${hour}:30:00Z` })),
  });
  const answer = (...days: SlotDay[]): SlotsAnswer => ({
    timeZone: 'UTC',
    hostTimeZone: 'UTC',
    durationMinutes: 30,
    days,
    calendarStatus: 'fresh',
    warnings: [],
  });
  const open: MeetingsEvent = { type: 'openPropose', eventTypeId: 'evt_1', today: '2026-08-03' };

  test('leafs over empty weeks, takes ten times at most, and never sends none', () => {
    const opened = play(initialMeetings('host'), open);
    expect(opened.effects).toMatchObject([{ type: 'loadTimes', asked: 1, from: '2026-08-03', to: '2026-08-09' }]);
    const empty = play(opened.state, { type: 'timesLoaded', asked: 1, answer: answer(slots('2026-08-03', [])) });
    expect(empty.effects).toMatchObject([{ type: 'loadTimes', asked: 2, from: '2026-08-10' }]);
    const hours = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
    const ready = play(empty.state, { type: 'timesLoaded', asked: 2, answer: answer(slots('2026-08-10', hours)) });
    expect(play(ready.state, { type: 'sendPropose', freshKey: 'k' })).toMatchObject({
      effects: [],
      state: { propose: { needsOne: true } },
    });
    const full = play(ready.state, ...hours.map((hour): MeetingsEvent => ({ type: 'toggleTime', start: `2026-08-10T${hour}:00:00Z` })));
    expect(full.state.propose?.chosen).toHaveLength(MOST_PROPOSED);
    const sent = play(full.state, { type: 'sendPropose', freshKey: 'k' });
    expect(sent.effects).toMatchObject([{ type: 'act', action: { kind: 'propose', expiresMinutes: 2880, key: 'k' } }]);
  });

  test('a time taken meanwhile leaves the form, the others stay chosen, and a late answer changes nothing', () => {
    const day = slots('2026-08-03', [10, 11]);
    const ready = play(initialMeetings('host'), open, { type: 'timesLoaded', asked: 1, answer: answer(day) });
    const [first = '', second = ''] = day.slots.map(({ start }) => start);
    const sent = play(
      ready.state,
      { type: 'toggleTime', start: second },
      { type: 'toggleTime', start: first },
      { type: 'sendPropose', freshKey: 'k' },
    );
    const [effect] = sent.effects;
    if (effect?.type !== 'act') throw new Error('nothing was sent');
    expect(effect.action).toMatchObject({ starts: [first, second] });
    const failure = { ok: false, code: 'slot_unavailable' } as const;
    const refused = play(sent.state, { type: 'actFailed', action: effect.action, given: '', failure });
    expect(refused.effects.map(({ type }) => type)).toEqual(['loadTimes', 'load', 'tell']);
    const late = play(refused.state, { type: 'timesLoaded', asked: 1, answer: answer(day) });
    expect(late.state.propose?.status).toBe('loading');
    const after = play(refused.state, { type: 'timesLoaded', asked: 2, answer: answer(slots('2026-08-03', [11])) });
    expect(after.state.propose?.chosen).toEqual([second]);
  });

  test('replaces the own open offer of that kind', () => {
    const { state } = seen('host', [], [OFFER]);
    const action = {
      kind: 'propose',
      id: 'propose',
      eventTypeId: 'evt_1',
      starts: [],
      durationMinutes: 30,
      expiresMinutes: 60,
      key: 'k',
    } as const;
    const done = play(state, { type: 'act', action }, { type: 'acted', action, result: { proposal: { ...OFFER, id: 'prp_2' } } });
    expect(done.state.proposals.map(({ id, status }) => [id, status])).toEqual([
      ['prp_1', 'withdrawn'],
      ['prp_2', 'open'],
    ]);
  });
});

describe('what the list is sorted into', () => {
  const confirmed = { ...BOOKING, id: 'bkg_2', status: 'confirmed' as const };

  test('only a host decides, about requests and new times; the invitee waits', () => {
    const moving = { ...confirmed, rescheduleTo: { start: BOOKING.start, end: BOOKING.end } };
    const lists = { bookings: [BOOKING, moving], proposals: [OFFER] };
    expect(ids(groupMeetings({ role: 'host', ...lists }, NOW_MS))).toEqual({ toDecide: ['bkg_1', 'bkg_2'], ownOffers: ['prp_1'] });
    expect(ids(groupMeetings({ role: 'invitee', ...lists }, NOW_MS))).toEqual({
      offers: ['prp_1'],
      upcoming: ['bkg_2'],
      waiting: ['bkg_1'],
    });
  });

  test('what is over is earlier, what was called off is kept until its time, and other times are wanted until new ones are offered', () => {
    const past = { ...confirmed, id: 'bkg_3', start: '2026-08-01T10:00:00Z', end: '2026-08-01T10:30:00Z' };
    const off = { ...BOOKING, id: 'bkg_4', status: 'cancelled' as const };
    const asked = { ...OFFER, status: 'withdrawn' as const, endedBy: 'invitee' as const, updatedAt: '2026-08-03T11:00:00Z' };
    expect(ids(groupMeetings({ role: 'host', bookings: [past, off], proposals: [asked] }, NOW_MS))).toEqual({
      wanted: ['prp_1'],
      ended: ['bkg_4'],
      earlier: ['bkg_3'],
    });
    const again = { ...OFFER, id: 'prp_2', createdAt: '2026-08-03T11:30:00Z' };
    expect(ids(groupMeetings({ role: 'host', bookings: [], proposals: [asked, again] }, NOW_MS))).toEqual({ ownOffers: ['prp_2'] });
  });

  test('call trouble belongs to the meeting that is about to begin, on, or just over', () => {
    const start = Date.parse(confirmed.start);
    expect(callOf([confirmed], start - 16 * 60_000)).toBeNull();
    expect(callOf([confirmed], start - 14 * 60_000)?.id).toBe('bkg_2');
    expect(callOf([confirmed], start + 60 * 60_000)?.id).toBe('bkg_2');
    expect(callOf([confirmed], start + 4 * 3_600_000)).toBeNull();
    expect(callOf([BOOKING], start)).toBeNull();
  });

  test('the news are what changed, and an offer that became a meeting is told as that meeting', () => {
    const before: { bookings: Booking[]; proposals: Proposal[] } = { bookings: [BOOKING], proposals: [OFFER] };
    const accepted = { ...OFFER, status: 'accepted' as const, endedBy: 'invitee' as const, bookingId: 'bkg_2' };
    const say = (after: typeof before, role: 'host' | 'invitee' = 'host') => newsBetween(before, after, role).map((one) => one.say);
    expect(say(before)).toEqual([]);
    expect(say({ bookings: [BOOKING, { ...confirmed }], proposals: [accepted] })).toEqual(['newsBooked']);
    expect(say({ bookings: [{ ...BOOKING, status: 'confirmed' }], proposals: [OFFER] })).toEqual(['newsConfirmed']);
    const withdrawn = { ...OFFER, status: 'withdrawn' as const, endedBy: 'invitee' as const };
    expect(say({ bookings: [BOOKING], proposals: [withdrawn] })).toEqual(['wantsOther']);
    expect(say({ bookings: [BOOKING], proposals: [{ ...withdrawn, endedBy: 'host' }] }, 'invitee')).toEqual(['newsOfferGone']);
  });
});

describe('two things at once', () => {
  const other: Booking = { ...BOOKING, id: 'bkg_2', start: '2026-08-04T17:00:00Z', end: '2026-08-04T17:30:00Z' };
  const confirm = { kind: 'confirm', id: BOOKING.id, message: '' } as const;
  const busy = play(seen('host', [BOOKING, other]).state, { type: 'act', action: confirm });

  test('the form of another meeting, opened while one is confirmed, stays open with the keyboard in it', () => {
    const opened = play(busy.state, { type: 'open', id: other.id, mode: 'decline' });
    const after = play(opened.state, { type: 'acted', action: confirm, result: { booking: { ...BOOKING, status: 'confirmed' } } });
    expect(after.state).toMatchObject({ busy: null, open: { id: other.id, mode: 'decline' }, focus: opened.state.focus });
  });

  test('what is typed in a form outlives news that move its meeting in the list', () => {
    const opened = play(seen('invitee', [BOOKING]).state, { type: 'open', id: BOOKING.id, mode: 'cancel' }, { type: 'typed', text: 'Ill' });
    const { state } = play(opened.state, { type: 'refresh' }, loaded([{ ...BOOKING, status: 'confirmed' }], []));
    expect(state.open).toEqual({ id: BOOKING.id, mode: 'cancel', text: 'Ill' });
  });

  test('the form of the meeting itself is done with', () => {
    const decline = { kind: 'decline', id: BOOKING.id, reason: 'No' } as const;
    const opened = play(seen('host', [BOOKING, other]).state, { type: 'open', id: BOOKING.id, mode: 'decline' });
    const result = { booking: { ...BOOKING, status: 'declined' as const } };
    const after = play(opened.state, { type: 'act', action: decline }, { type: 'acted', action: decline, result });
    expect(after.state).toMatchObject({ open: null, focus: { target: `entry:${BOOKING.id}` } });
  });

  test('terms cannot be left while what they were agreed for is on its way', () => {
    const accept = { kind: 'accept', id: OFFER.id, start: OFFER.starts[0] ?? '' } as const;
    const refused = { ok: false, code: 'acknowledgement_required', problem: problemWith(NOTICE) } as const;
    const asked = play(
      seen('invitee', [], [OFFER]).state,
      { type: 'act', action: accept },
      { type: 'actFailed', action: accept, failure: refused, given: '' },
      { type: 'agree', isTicked: true },
      { type: 'leaveTerms' },
    );
    expect(asked.state).toMatchObject({ busy: OFFER.id, terms: { action: accept } });
  });
});

function play(state: MeetingsState, ...events: MeetingsEvent[]) {
  let step = meetingsTransition(state, events[0] as MeetingsEvent);
  for (const event of events.slice(1)) step = meetingsTransition(step[0], event);
  const [next, ...effects] = step;
  return { state: next, effects };
}

function loaded(bookings: Booking[], proposals: Proposal[]): MeetingsEvent {
  return { type: 'loaded', generation: 0, bookings, proposals, atMs: NOW_MS };
}

function seen(role: 'host' | 'invitee', bookings: Booking[], proposals: Proposal[] = []) {
  return play(initialMeetings(role), { type: 'refresh' }, loaded(bookings, proposals));
}

function problemWith(notice: typeof NOTICE) {
  return { type: '', title: '', status: 422, detail: '', code: 'acknowledgement_required', requestId: '', notice } as const;
}

/** Ids by group, empty groups left out. */
function ids(groups: ReturnType<typeof groupMeetings>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(groups)
      .map(([name, list]: [string, readonly { id: string }[]]) => [name, list.map(({ id }) => id)] as const)
      .filter(([, list]) => list.length > 0),
  );
}

test('an event type whose answer is lost is asked for again, one that is hidden is not', async () => {
  const answers: Record<string, object> = {
    evt_1: { ok: true, value: { id: 'evt_1' } },
    evt_2: { ok: false, code: 'not_found' },
    evt_3: { ok: false, code: 'unreachable' },
  };
  const call = (async (_method: string, path: string) => answers[path.split('/').at(-1) ?? '']) as unknown as Caller;
  const told: MeetingsEvent[] = [];
  const deps = { call, locale: () => 'en', zone: () => 'UTC', tell: () => {} };
  await runMeetingsEffect(deps, { type: 'loadEventTypes', ids: Object.keys(answers) }, (event) => told.push(event));
  expect(told).toEqual([{ type: 'eventTypes', found: { evt_1: { id: 'evt_1' }, evt_2: null } }]);
});
