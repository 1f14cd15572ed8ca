import { describe, expect, it } from 'vitest';
import { markOwn } from '../../../widget/views/mark-own.tsx';
import { readCalendar } from '../../../widget/flow/own-calendar/read-calendar.ts';
import type { Own } from '../../../widget/flow/state.ts';
import { timesOf } from '../../../widget/flow/times-of.ts';
import { createFormats } from '../../../widget/i18n/formats.ts';
import { enOwn } from '../../../widget/i18n/en-own.ts';
import { openState, play } from '../flow/sample.ts';

const FORMATS = createFormats('en-US');
const say = (key: string) => enOwn[key as keyof typeof enOwn];
const fileOf = (start: string) =>
  new File([`BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:${start}\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR`], 'own.ics');
const readOf = async (file: File): Promise<Own> => {
  const calendar = await readCalendar(file);
  if (typeof calendar === 'string') throw new Error(calendar);
  return { status: 'read', calendar };
};
const busyIn = (state: ReturnType<typeof openState>) =>
  markOwn(timesOf(state, FORMATS)?.choices ?? [], state, say).map(({ note }) => note !== undefined);

describe('the own calendar of a visitor', () => {
  it('marks the times it overlaps, and none that only touch it', async () => {
    // The times are 14:00 to 14:30 and 14:30 to 15:00 in UTC.
    const file = fileOf('20260804T133000Z');
    const own = await readOf(file);
    const { state } = play(openState(), { type: 'pickCalendar', file }, { type: 'calendarRead', file, own });
    expect(busyIn(state)).toEqual([true, false]);
    expect(busyIn(play(state, { type: 'forgetCalendar' }).state)).toEqual([false, false]);
  });

  it('reads a time without a zone where the visitor is', async () => {
    const file = fileOf('20260804T200000');
    const { state } = play(openState(), { type: 'pickCalendar', file }, { type: 'calendarRead', file, own: await readOf(file) });
    expect(busyIn(state)).toEqual([false, true]);
    expect(busyIn({ ...state, zone: 'UTC' })).toEqual([false, false]);
  });

  it('is the file picked last, however long the one before takes', async () => {
    const [before, last] = [fileOf('20260804T140000Z'), fileOf('20260901T140000Z')];
    const { state } = play(
      openState(),
      { type: 'pickCalendar', file: before },
      { type: 'pickCalendar', file: last },
      { type: 'calendarRead', file: last, own: await readOf(last) },
      { type: 'calendarRead', file: before, own: await readOf(before) },
    );
    expect(busyIn(state)).toEqual([false, false]);
  });

  it('is still there after booking, for the next time', async () => {
    const file = fileOf('20260804T133000Z');
    const { state } = play(
      openState(),
      { type: 'pickCalendar', file },
      { type: 'calendarRead', file, own: await readOf(file) },
      { type: 'restart' },
    );
    expect(state.own?.status).toBe('read');
  });
});
