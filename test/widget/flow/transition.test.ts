import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../widget/api/result.ts';
import { firstFreeDay, slotsOn, transition } from '../../../widget/flow/transition.ts';
import {
  answerOf,
  AUGUST,
  chosenState,
  EVENT_TYPE,
  filledState,
  freshState,
  heldAt,
  LATER,
  NOTICE,
  openState,
  play,
  sendOf,
  SLOT,
} from './sample.ts';

const failure = (code: Failure['code'], problem: object = {}): Failure => ({ ok: false, code, problem: { code, ...problem } as never });

const pressed = (key: string, date: string) => ({ type: 'key', key, shiftKey: false, date, forward: 1, firstWeekday: 7 }) as const;

describe('the first look', () => {
  it('asks once, from today to the end of the month, and takes everything else along', () => {
    const { state, effects } = play(freshState(), { type: 'start' });
    expect(effects).toEqual([
      expect.objectContaining({ type: 'load', from: '2026-08-03', to: '2026-08-31', months: ['2026-08'], withAbout: true }),
    ]);
    expect(state.months['2026-08']?.status).toBe('loading');
  });

  it('chooses the first day with times, so that times are seen without a click', () => {
    expect(openState().date).toBe('2026-08-04');
  });

  it('looks further once when the month turns out empty, because the visitor is told the next free day', () => {
    const empty = { ...answerOf({ '2026-08-03': [] }), eventType: EVENT_TYPE, notice: null };
    const first = play(freshState(), { type: 'start' }, { type: 'loaded', generation: 0, months: ['2026-08'], answer: empty });
    expect(first.effects.filter(({ type }) => type === 'load')).toHaveLength(2);
    expect(first.effects).toContainEqual(expect.objectContaining({ type: 'load', from: '2026-09-01', to: '2026-11-30' }));
    const september = { start: '2026-09-07T19:30:00+05:30', end: '2026-09-07T20:00:00+05:30' };
    const found = play(first.state, {
      type: 'loaded',
      generation: 0,
      months: ['2026-09', '2026-10', '2026-11'],
      answer: answerOf({ '2026-09-07': [september] }),
    });
    expect(firstFreeDay(found.state, '2026-08')).toBe('2026-09-07');
    expect(found.effects).toEqual([]);
  });

  it('looks further when the code of the later steps comes after the empty month', () => {
    const empty = { ...answerOf({ '2026-08-03': [] }), eventType: EVENT_TYPE, notice: null };
    const [loading] = transition(freshState(), { type: 'start' });
    const [shown] = transition(loading, { type: 'loaded', generation: 0, months: ['2026-08'], answer: empty });
    expect(shown.search).toBe('unasked');
    const { effects } = play(shown, { type: 'partArrived', identity: null, isHost: false, form: {} });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'load', from: '2026-09-01', to: '2026-11-30' }));
  });

  it('ignores an answer to a question that no longer counts, because the zone was changed meanwhile', () => {
    const { state } = play(openState(), { type: 'pickZone', zone: 'Europe/Berlin', today: '2026-08-03' });
    const late = play(state, { type: 'loaded', generation: 0, months: ['2026-08'], answer: AUGUST });
    expect(late.state.months['2026-08']?.status).toBe('loading');
  });
});

describe('the months', () => {
  it('are fetched once: by the hover that announces the click, not by the click again', () => {
    const hovered = play(openState(), { type: 'prefetchMonth', month: '2026-09' });
    expect(hovered.effects).toHaveLength(1);
    expect(play(hovered.state, { type: 'showMonth', month: '2026-09' }).effects).toEqual([]);
  });

  it('end today and a year ahead', () => {
    expect(play(openState(), { type: 'showMonth', month: '2026-07' }).state.month).toBe('2026-08');
    expect(play(openState(), { type: 'showMonth', month: '2027-09' }).state.month).toBe('2026-08');
    expect(play(openState(), pressed('PageUp', '2026-08-04')).state.cursor).toBe('2026-08-03');
  });

  it('follow the keyboard into the next one', () => {
    const { state, effects } = play(openState(), pressed('ArrowDown', '2026-08-27'));
    expect(state.month).toBe('2026-09');
    expect(state.cursor).toBe('2026-09-03');
    expect(effects).toContainEqual(expect.objectContaining({ type: 'load', months: ['2026-09'] }));
    expect(state.focus?.target).toBe('day');
  });
});

describe('choosing', () => {
  it('a day without times does nothing', () => {
    expect(play(openState(), { type: 'pickDate', date: '2026-08-05' }).state.date).toBe('2026-08-04');
  });

  it('a time holds it and tells the page', () => {
    const { effects } = play(openState(), { type: 'pickSlot', slot: SLOT });
    expect(effects.map(({ type }) => type)).toEqual(['hold', 'tell']);
  });

  it('another time after going back releases the first hold', () => {
    expect(play(chosenState(SLOT), { type: 'back' }).effects).toEqual([{ type: 'release', holdId: 'hold_1' }]);
  });

  it('releases a hold that arrives after the visitor has left, because nobody else could give it back', () => {
    const { state } = play(openState(), { type: 'pickSlot', slot: SLOT }, { type: 'back' });
    expect(play(state, heldAt(SLOT, 'hold_2')).effects).toEqual([{ type: 'release', holdId: 'hold_2' }]);
  });
});

describe('sending', () => {
  it('names every missing field and sends nothing', () => {
    const { state, effects } = play(
      openState({}, { notice: NOTICE }),
      { type: 'pickSlot', slot: SLOT },
      { type: 'submit', freshKey: 'k1' },
    );
    expect(Object.keys(state.issues)).toEqual(['name', 'email', 'acknowledgement']);
    expect(effects.filter(({ type }) => type === 'send')).toEqual([]);
    expect(state.focus?.target).toBe('issue');
  });

  it('asks a person named by a room token for neither name nor address', () => {
    const { effects } = play(chosenState(SLOT, { identity: { name: 'Asha', hasEmail: false } }), { type: 'submit', freshKey: 'k1' });
    expect(sendOf(effects).request).toMatchObject({ kind: 'book', body: { invitee: { timeZone: 'Asia/Kolkata' } } });
  });

  it('repeats the very same request after a broken connection, so that nothing is booked twice', () => {
    const first = play(filledState(), { type: 'submit', freshKey: 'k1' });
    const again = play(first.state, { type: 'sendFailed', failure: { ok: false, code: 'unreachable' } }, { type: 'retry' });
    expect(sendOf(again.effects)).toEqual(sendOf(first.effects));
    expect(sendOf(again.effects).key).toBe('k1');
  });

  describe('whose answer is lost, and another text then', () => {
    const submit = (freshKey: string) => ({ type: 'submit', freshKey }) as const;
    const edit = { type: 'edit', field: 'note', value: 'Hi' } as const;
    const failed = (code: Failure['code']) => ({ type: 'sendFailed', failure: failure(code) }) as const;
    const first = play(filledState(), submit('k1'));

    it('keeps the key, so that only one of the two counts', () => {
      const edited = play(first.state, failed('unreachable'), edit, submit('k2'));
      expect(sendOf(edited.effects)).toMatchObject({ key: 'k1', request: { body: { note: 'Hi' } } });
    });

    it('asks for the first again where that had arrived, which answers with what was booked', () => {
      const edited = play(first.state, failed('slow'), edit, submit('k2'), failed('idempotency_key_reused'));
      expect(edited.effects.at(-1)).toEqual(sendOf(first.effects));
      expect(edited.state.sending.status).toBe('busy');
      const { state } = play(edited.state, failed('idempotency_key_reused'));
      expect(state.sending.status, 'once').toBe('failed');
    });

    it('can be tried again also when it was typed while the first was on its way', () => {
      const again = play(first.state, edit, failed('slow'), { type: 'retry' });
      expect(sendOf(again.effects)).toMatchObject({ key: 'k1', request: { body: { note: 'Hi' } } });
    });

    it('takes a new key when the first was refused, because nothing of it counts', () => {
      const edited = play(first.state, failed('rate_limited'), edit, submit('k2'));
      expect(sendOf(edited.effects).key).toBe('k2');
    });
  });

  it('cannot be left while it is on its way: its answer would meet another choice', () => {
    const { state } = play(filledState(), { type: 'submit', freshKey: 'k1' }, { type: 'back' });
    expect(state).toMatchObject({ step: 'details', sending: { status: 'busy' } });
  });

  it('acknowledges once, also when the booking must be sent again', () => {
    const ticked = play(filledState({}, { notice: NOTICE }), { type: 'tick', acknowledged: true }, { type: 'submit', freshKey: 'k1' });
    expect(sendOf(ticked.effects).acknowledge).toBe('ntv_1');
    const again = play(
      ticked.state,
      { type: 'acknowledged', id: 'ack_1', noticeVersionId: 'ntv_1' },
      { type: 'sendFailed', failure: { ok: false, code: 'slow' } },
      { type: 'retry' },
    );
    expect(sendOf(again.effects)).toMatchObject({ acknowledge: null, acknowledgementId: 'ack_1' });
  });

  it('is not sent twice by an impatient second click', () => {
    const { effects } = play(filledState(), { type: 'submit', freshKey: 'k1' }, { type: 'submit', freshKey: 'k2' });
    expect(effects.filter(({ type }) => type === 'send')).toHaveLength(1);
  });

  it('goes on by itself when the site renews an expired token', () => {
    const expired = play(filledState(), { type: 'submit', freshKey: 'k1' }, { type: 'sendFailed', failure: failure('token_expired') });
    expect(expired.effects).toContainEqual({ type: 'tell', name: 'token-expired', detail: {} });
    const renewed = play(expired.state, { type: 'tokenRenewed', token: null });
    expect(sendOf(renewed.effects).key).toBe('k1');
  });
});

describe('sending while the hold is still asked for', () => {
  const asha = { identity: { name: 'Asha', hasEmail: true } };
  const submit = { type: 'submit', freshKey: 'k1' } as const;
  const refused = (code: Failure['code']) => ({ type: 'holdRefused', start: SLOT.start, failure: failure(code) }) as const;
  const { state: waiting, effects } = play(openState(asha), { type: 'pickSlot', slot: SLOT }, submit);
  const sent = (all: typeof effects) => all.filter(({ type }) => type === 'send');

  it('waits, and shows that it is busy', () => {
    expect(sent(effects)).toEqual([]);
    expect(waiting.sending.status).toBe('busy');
    expect(sent(play(waiting, { type: 'submit', freshKey: 'k2' }).effects), 'an impatient second click').toEqual([]);
  });

  it('names the hold once it is there, because the booking would else meet it as somebody else’s', () => {
    const held = play(waiting, heldAt(SLOT));
    expect(sent(held.effects)).toHaveLength(1);
    expect(sendOf(held.effects)).toMatchObject({ key: 'k1', request: { body: { start: SLOT.start, holdId: 'hold_1' } } });
    expect(held.state.sending.status).toBe('busy');
  });

  it('goes without a hold when none is to be had', () => {
    const alone = play(waiting, refused('unreachable'));
    expect(sendOf(alone.effects).request).not.toHaveProperty('body.holdId');
  });

  it('is given up when the time is gone', () => {
    const lost = play(waiting, refused('slot_unavailable'));
    expect(sent(lost.effects)).toEqual([]);
    expect(lost.state).toMatchObject({ step: 'pick', taken: { start: SLOT.start }, sending: { status: 'idle' } });
  });

  it('waits for the last of several holds', () => {
    const choose = { type: 'pickSlot', slot: SLOT } as const;
    const back = { type: 'back' } as const;
    const { state } = play(openState(asha), choose, back, choose, back, choose, submit, heldAt(SLOT, 'hold_1'), heldAt(SLOT, 'hold_2'));
    const last = play(state, heldAt(SLOT, 'hold_3'));
    expect(sendOf(last.effects).request).toMatchObject({ body: { holdId: 'hold_3' } });
  });
});

describe('what the first script alone can do', () => {
  it('is to show times; everything else waits for the rest of the code, and is then done', () => {
    const [waiting, ...effects] = transition(openState(), { type: 'pickSlot', slot: SLOT });
    expect(waiting).toMatchObject({ step: 'details', slot: SLOT });
    expect(effects).toEqual([{ type: 'fetchPart', next: { type: 'pickSlot', slot: SLOT } }]);
    expect(play(waiting, { type: 'pickSlot', slot: SLOT }).effects.map(({ type }) => type)).toContain('hold');
  });

  it('is to say that the rest did not arrive, and to ask for it again', () => {
    const [failed] = transition(openState(), { type: 'partFailed', failure: { ok: false, code: 'unreachable' } });
    expect(failed.sending.status).toBe('failed');
    const late = play(failed, { type: 'partArrived', identity: null, isHost: false, form: {} });
    expect(late.state.sending.status, 'it came by another way').toBe('idle');
    const [asked, ...effects] = transition(failed, { type: 'retry' });
    expect(asked.sending.status).toBe('idle');
    expect(effects).toEqual([{ type: 'fetchPart', next: null }]);
  });
});

describe('a refusal', () => {
  it('of a taken time shows the nearest ones, keeps what was typed and looks afresh', () => {
    const { state, effects } = play(
      filledState(),
      { type: 'submit', freshKey: 'k1' },
      { type: 'sendFailed', failure: failure('slot_unavailable', { alternatives: [LATER] }) },
    );
    expect(state).toMatchObject({
      step: 'pick',
      slot: null,
      taken: { start: SLOT.start, alternatives: [LATER] },
      form: { name: 'Asha Rao' },
    });
    expect(effects.at(-1)).toMatchObject({ type: 'load', generation: 1 });
  });

  it('of a time that was held too long ago shows the nearest ones too', () => {
    const { state } = play(
      filledState(),
      { type: 'submit', freshKey: 'k1' },
      { type: 'sendFailed', failure: failure('hold_expired', { alternatives: [LATER] }) },
    );
    expect(state).toMatchObject({ step: 'pick', taken: { start: SLOT.start, alternatives: [LATER] } });
  });

  it('for want of an acknowledgement shows the notice the server sent', () => {
    const { state } = play(
      filledState(),
      { type: 'submit', freshKey: 'k1' },
      { type: 'sendFailed', failure: failure('acknowledgement_required', { notice: NOTICE }) },
    );
    expect(state.notice).toEqual(NOTICE);
    expect(state.issues['acknowledgement']).toEqual({ say: 'needTick' });
  });

  it.each([
    ['issues', { issues: [{ path: '/invitee/email', message: 'is not an address' }] }, 'email'],
    ['dotted issues', { issues: [{ path: 'answers.goal', message: 'is required' }] }, 'answers.goal'],
    ['findings', { findings: [{ field: 'note', category: 'phone' }] }, 'note'],
    ['findings in a guest', { findings: [{ field: 'guests.0.name', category: 'phone' }] }, 'guests'],
  ])('with %s is shown at its field', (_, problem, field) => {
    const { state } = play(
      filledState(),
      { type: 'submit', freshKey: 'k1' },
      { type: 'sendFailed', failure: failure('validation_failed', problem) },
    );
    expect(Object.keys(state.issues)).toEqual([field]);
    expect(state.sending.status).toBe('idle');
  });
});

describe('a meeting that moves', () => {
  it('sends its new start and no form', () => {
    const purpose = { kind: 'move', bookingId: 'bkg_1', start: SLOT.start, end: SLOT.end } as const;
    const { effects } = play(chosenState(LATER, { purpose }), { type: 'submit', freshKey: 'k1' });
    expect(sendOf(effects).request).toEqual({ kind: 'move', bookingId: 'bkg_1', start: LATER.start, holdId: 'hold_1', reason: null });
  });

  const purpose = { kind: 'move', bookingId: 'bkg_1', start: SLOT.start, end: SLOT.end } as const;
  const withReason = { eventType: { ...EVENT_TYPE, reasonRequired: true } };
  const arrived = (isHost: boolean) => ({ type: 'partArrived', identity: null, isHost, form: {} }) as const;
  const submit = { type: 'submit', freshKey: 'k1' } as const;
  const typed = { type: 'edit', field: 'reason', value: ' On a train. ' } as const;

  it('goes with the reason where one is asked for, and not with blanks', () => {
    for (const value of ['', '  ']) {
      const { state, effects } = play(chosenState(LATER, { purpose }, withReason), arrived(false), { ...typed, value }, submit);
      expect(state).toMatchObject({ issues: { reason: { say: 'needReason' } }, focus: { target: 'issue' } });
      expect(effects.some(({ type }) => type === 'send')).toBe(false);
    }
    const { state, effects } = play(chosenState(LATER, { purpose }, withReason), arrived(false), submit, typed, submit);
    expect(sendOf(effects).request).toMatchObject({ kind: 'move', reason: 'On a train.' });
    expect(state.issues).toEqual({});
  });

  it('asks no host for a reason, and nobody who books', () => {
    const { effects } = play(chosenState(LATER, { purpose }, withReason), arrived(true), submit);
    expect(sendOf(effects).request).toMatchObject({ kind: 'move', reason: null });
    expect(sendOf(play(filledState({}, withReason), submit).effects).request.kind).toBe('book');
  });

  it('asks for the reason when the server wants one that was not known of', () => {
    const refused = failure('validation_failed', { issues: [{ path: 'reason', message: 'is required' }] });
    const asked = play(chosenState(LATER, { purpose }), arrived(false), submit, { type: 'sendFailed', failure: refused }).state;
    expect(asked).toMatchObject({ step: 'details', issues: { reason: { say: 'needReason' } }, sending: { status: 'idle' } });
    const { effects } = play(asked, typed, submit);
    expect(sendOf(effects).request).toMatchObject({ start: LATER.start, reason: 'On a train.' });
  });
});

describe('connections', () => {
  it('are used again as soon as they are back', () => {
    const off = play(
      freshState(),
      { type: 'start' },
      { type: 'loadFailed', generation: 0, months: ['2026-08'], failure: { ok: false, code: 'offline' } },
    );
    expect(play(off.state, { type: 'reconnected' }).effects).toContainEqual(expect.objectContaining({ type: 'load', months: ['2026-08'] }));
    expect(play(openState(), { type: 'reconnected' }).effects).toEqual([]);
  });
});

it('never loses a slot of a day it was told', () => {
  expect(slotsOn(openState(), '2026-08-04')).toEqual([SLOT, LATER]);
});
