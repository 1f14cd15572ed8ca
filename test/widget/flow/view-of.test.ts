import { describe, expect, it } from 'vitest';
import { bookViewOf } from '../../../widget/flow/book-view-of.ts';
import { emptyOf } from '../../../widget/flow/empty-of.ts';
import { failureOf } from '../../../widget/flow/failure-of.ts';
import type { State } from '../../../widget/flow/state.ts';
import { takenOf } from '../../../widget/flow/taken-of.ts';
import { timesOf } from '../../../widget/flow/times-of.ts';
import { viewOf } from '../../../widget/flow/view-of.ts';
import { enBook } from '../../../widget/i18n/en-book.ts';
import { enClocks } from '../../../widget/i18n/en-clocks.ts';
import { enOwn } from '../../../widget/i18n/en-own.ts';
import { enTerms } from '../../../widget/i18n/en-terms.ts';
import { en } from '../../../widget/i18n/en.ts';
import { createFormats } from '../../../widget/i18n/formats.ts';
import { createSay } from '../../../widget/i18n/say.ts';
import { answerOf, EVENT_TYPE, filledState, freshState, LATER, openState, play, SLOT } from './sample.ts';

const say = createSay('en-US', { first: en, clocks: enClocks, terms: enTerms, book: enBook, own: enOwn });
const view = (state: State, locale = 'en-US') =>
  viewOf(state, say, createFormats(locale), {
    failure: failureOf(state, say),
    empty: emptyOf(state, say, createFormats(locale)),
    times: timesOf(state, createFormats(locale)),
  });
const clocksIn = (state: State) => bookViewOf(state, say, createFormats('en-US'))?.clocks;

describe('the month', () => {
  it('begins its weeks as the reader’s region does', () => {
    expect(view(openState()).calendar.weekdays[0]?.long).toBe('Sunday');
    expect(view(openState(), 'de-DE').calendar.weekdays[0]?.long).toBe('Montag');
  });

  it('has one day that takes the keyboard, and says how many times each day has', () => {
    const cells = view(openState())
      .calendar.weeks.flat()
      .filter((cell) => cell !== null);
    expect(cells.filter(({ isCursor }) => isCursor).map(({ date }) => date)).toEqual(['2026-08-04']);
    expect(cells.find(({ date }) => date === '2026-08-04')?.label).toBe('Tuesday, August 4, 2 times free');
    expect(cells.find(({ date }) => date === '2026-08-05')?.label).toBe('Wednesday, August 5, no times');
  });

  it('that is empty names the next free day', () => {
    const slot = { start: '2026-09-07T19:30:00+05:30', end: '2026-09-07T20:00:00+05:30' };
    const { state } = play(
      freshState(),
      { type: 'start' },
      { type: 'loaded', generation: 0, months: ['2026-08'], answer: { ...answerOf({}), eventType: EVENT_TYPE, notice: null } },
      { type: 'loaded', generation: 0, months: ['2026-09', '2026-10', '2026-11'], answer: answerOf({ '2026-09-07': [slot] }) },
    );
    expect(view(state).empty).toEqual({
      text: 'No free times in August.',
      nextFree: { month: '2026-09', text: 'Next free day: Mon, Sep 7' },
    });
  });
});

describe('the times', () => {
  it('are the wall times the server sent, in 12 or 24 hours as the locale has it', () => {
    expect(view(openState()).times?.choices.map(({ text }) => text)).toEqual(['7:30 PM', '8:00 PM']);
    expect(view(openState(), 'en-GB').times?.choices.map(({ text }) => text)).toEqual(['19:30', '20:00']);
  });

  it('keep both instants of a repeated hour apart by their offset (Lord Howe, 5 April 2026, clocks back half an hour)', () => {
    const first = { start: '2026-04-05T01:30:00+11:00', end: '2026-04-05T02:00:00+11:00' };
    const second = { start: '2026-04-05T01:30:00+10:30', end: '2026-04-05T02:00:00+10:30' };
    const { state } = play(
      freshState({ zone: 'Australia/Lord_Howe', today: '2026-04-01' }),
      { type: 'start' },
      {
        type: 'loaded',
        generation: 0,
        months: ['2026-04'],
        answer: { ...answerOf({ '2026-04-05': [first, second] }), eventType: EVENT_TYPE },
      },
    );
    expect(view(state).times?.choices.map(({ offset }) => offset)).toEqual(['GMT+11', 'GMT+10:30']);
  });
});

it('the nearest times are shown in the zone that is chosen here, whichever the server wrote them in', () => {
  const utc = ({ start, end }: typeof SLOT) => ({ start: new Date(start).toISOString(), end: new Date(end).toISOString() });
  const taken = takenOf({ ...openState(), taken: { start: utc(SLOT).start, alternatives: [utc(LATER)] } }, say, createFormats('en-US'));
  expect(taken?.text).toContain('7:30 PM');
  expect(taken?.choices).toMatchObject([{ text: '8:00 PM', slot: LATER }]);
});

describe('the clocks', () => {
  it('show both sides', () => {
    const clocks = clocksIn(filledState());
    expect(clocks?.yours).toEqual({ date: 'Tuesday, August 4', time: '7:30 PM – 8:00 PM', zone: 'Kolkata, GMT+5:30' });
    expect(clocks?.theirs).toEqual({ date: 'Tuesday, August 4', time: '10:00 AM – 10:30 AM', zone: 'New York, GMT−4' });
    expect(clocks?.warnings).toEqual([]);
  });

  it('warn when it is another date for the other side', () => {
    const late = { start: '2026-08-04T01:30:00+05:30', end: '2026-08-04T02:00:00+05:30' };
    const { state } = play(openState(), { type: 'pickSlot', slot: late });
    expect(clocksIn(state)?.warnings).toEqual(['For Dana this is Monday, August 3.']);
  });

  it('warn when a clock change before the meeting moves the two apart (New York, 1 November 2026)', () => {
    const winter = { start: '2026-11-03T20:30:00+05:30', end: '2026-11-03T21:00:00+05:30' };
    const { state } = play(openState(), { type: 'pickSlot', slot: winter });
    expect(clocksIn(state)?.warnings).toEqual(['Clocks change before this day. Dana will then be 10 hr 30 min behind you.']);
  });
});

describe('what went wrong', () => {
  it('is said where the visitor is, with a way on where there is one', () => {
    const failed = (code: 'unreachable' | 'not_found') =>
      view(
        play(freshState(), { type: 'start' }, { type: 'loadFailed', generation: 0, months: ['2026-08'], failure: { ok: false, code } })
          .state,
      );
    expect(failed('unreachable')).toMatchObject({ panel: 'failed', failure: { canRetry: true } });
    expect(failed('not_found')).toMatchObject({ panel: 'failed', failure: { canRetry: false } });
  });

  it('includes a calendar that cannot be read: no times is then not the truth', () => {
    const state = openState({}, { days: [{ date: '2026-08-04', available: false, slots: [] }], calendarStatus: 'unavailable' });
    expect(view(state).failure?.text).toMatch(/cannot be checked/);
  });

  it('is announced', () => {
    const { state } = play(openState(), { type: 'pickSlot', slot: SLOT }, { type: 'submit', freshKey: 'k' });
    expect(bookViewOf(state, say, createFormats('en-US'))?.announcement).toBe('2 fields need your attention.');
  });
});
