import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarLinks } from '../../../server/domain/messages/calendar-links.ts';

const START = Date.UTC(2026, 7, 3, 14, 0);
const facts = {
  title: 'Intro & plan: 50% + more',
  startMs: START,
  endMs: START + 30 * 60_000,
  details: 'Manage: https://p.example/m#mt_1',
  location: 'Room 7, 2nd floor',
};

describe('calendarLinks', () => {
  it('writes times in UTC, so the form is right in any zone', () => {
    const links = calendarLinks(facts);
    expect(new URL(links.google).searchParams.get('dates')).toBe('20260803T140000Z/20260803T143000Z');
    expect(new URL(links.outlook).searchParams.get('startdt')).toBe('2026-08-03T14:00:00Z');
    expect(new URL(links.office365).searchParams.get('enddt')).toBe('2026-08-03T14:30:00Z');
    expect(new URL(links.yahoo).searchParams.get('st')).toBe('20260803T140000Z');
    expect(new URL(links.yahoo).searchParams.get('et')).toBe('20260803T143000Z');
  });

  it('never writes a space as a plus, because Outlook shows it as one', () => {
    for (const link of Object.values(calendarLinks({ ...facts, title: 'a b' }))) expect(link).not.toContain('+');
  });

  it('leaves out what is empty', () => {
    const links = calendarLinks({ ...facts, details: '', location: '' });
    expect(links.google).not.toMatch(/details|location/);
    expect(links.yahoo).not.toMatch(/desc|in_loc/);
  });

  it('gives back any text it was given, half a surrogate pair and markup included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 }), (title, location) => {
        const links = calendarLinks({ ...facts, title, location });
        expect(new URL(links.google).searchParams.get('text') ?? '').toBe(title);
        expect(new URL(links.outlook).searchParams.get('location') ?? '').toBe(location);
      }),
    );
    expect(() => calendarLinks({ ...facts, title: 'half \ud800' })).not.toThrow();
  });

  it('stays under 2,000 characters for an ordinary long description', () => {
    const links = calendarLinks({ ...facts, details: 'word '.repeat(1000) });
    for (const link of Object.values(links)) expect(link.length).toBeLessThan(2000);
  });
});
