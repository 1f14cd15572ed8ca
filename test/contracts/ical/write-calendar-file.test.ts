import ICAL from 'ical.js';
import * as nodeIcal from 'node-ical';
import { describe, expect, it } from 'vitest';
import type { CalendarMeeting } from '../../../server/adapters/ical/calendar-meeting.ts';
import { writeCalendarFeed } from '../../../server/adapters/ical/write-calendar-feed.ts';
import { writeCalendarFile } from '../../../server/adapters/ical/write-calendar-file.ts';

const START = Date.UTC(2026, 10, 1, 5, 30); // 01:30 in New York on 1 November 2026, the first of the two hours the clock shows twice
const confirmed: CalendarMeeting = {
  uid: 'bkg_01hzx8@parley.example',
  sequence: 0,
  method: 'REQUEST',
  startMs: START,
  endMs: START + 45 * 60_000,
  stampMs: Date.UTC(2026, 9, 20, 8, 0, 12),
  summary: 'Intro call; scope, budget & "next steps"',
  description: 'Ana writes: bring the sketch.\nC:\\plans\n\nChange or cancel: https://parley.example/m#mt_abc',
  location: 'Message room, https://market.example/rooms/r1?a=1,2;b=3',
  url: 'https://market.example/rooms/r1?a=1,2;b=3',
  organizer: { name: 'Market', email: 'meetings@market.example' },
  attendee: { name: 'Zoë "Z" Ångström', email: 'zoe@client.example' },
  status: 'CONFIRMED',
  alarmsMinutesBefore: [1440, 120],
  productName: 'Parley',
};
const moved: CalendarMeeting = { ...confirmed, sequence: 1, startMs: START + 86_400_000, endMs: START + 86_400_000 + 45 * 60_000 };
const cancelled: CalendarMeeting = { ...moved, sequence: 2, method: 'CANCEL', status: 'CANCELLED' };
const download: CalendarMeeting = { ...confirmed, method: 'PUBLISH' };
const multilingual: CalendarMeeting = {
  ...confirmed,
  summary: 'مكالمة تعريفية — はじめての打ち合わせ — परिचयात्मक बातचीत 🗓️ '.repeat(3).trim(),
  attendee: { name: 'محمد علي', email: 'm@client.example' },
  location: '',
  url: null,
  alarmsMinutesBefore: [],
};

const cases = { confirmed, moved, cancelled, download, multilingual };

describe.each(Object.entries(cases))('the calendar file of a meeting that is %s', (name, meeting) => {
  const text = writeCalendarFile(meeting);

  it('is the file kept beside the test', async () => {
    await expect(text).toMatchFileSnapshot(`../../golden/ical/${name}.ics`);
  });

  it('keeps the wire rules: CRLF everywhere, lines of at most 75 octets, nothing in local time', () => {
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toMatch(/TZID|VTIMEZONE/);
    for (const [, value] of text.matchAll(/^DT(?:START|END|STAMP):(.*)$/gm)) expect(value?.trim()).toMatch(/^\d{8}T\d{6}Z$/);
  });

  it('is read back by ical.js with every field as it was', () => {
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    expect(calendar.getFirstPropertyValue('method')).toBe(meeting.method);
    const component = calendar.getFirstSubcomponent('vevent');
    if (component === null) throw new Error('no VEVENT');
    const event = new ICAL.Event(component);
    expect(event.uid).toBe(meeting.uid);
    expect(event.sequence).toBe(meeting.sequence);
    expect(event.startDate.toUnixTime() * 1000).toBe(meeting.startMs);
    expect(event.endDate.toUnixTime() * 1000).toBe(meeting.endMs);
    expect(event.summary).toBe(meeting.summary);
    expect(event.description).toBe(meeting.description);
    expect(event.location ?? '').toBe(meeting.location);
    expect(component.getFirstPropertyValue('status')).toBe(meeting.status);
    const url = component.getFirstPropertyValue('url');
    expect(url === null ? null : new URL(String(url)).searchParams.get('a')).toBe(meeting.url === null ? null : '1,2;b=3');
    expect(event.attendees).toHaveLength(meeting.method === 'PUBLISH' ? 0 : 1);
    expect(component.getAllSubcomponents('valarm')).toHaveLength(meeting.status === 'CANCELLED' ? 0 : meeting.alarmsMinutesBefore.length);
  });

  it('is read back by node-ical at the same instants', () => {
    const event = Object.values(nodeIcal.sync.parseICS(text)).find((entry) => entry?.type === 'VEVENT');
    if (event?.type !== 'VEVENT') throw new Error('no VEVENT');
    expect(event.start.getTime()).toBe(meeting.startMs);
    expect(event.end?.getTime()).toBe(meeting.endMs);
    expect(event.summary).toBe(meeting.summary);
    expect(event.status).toBe(meeting.status);
    expect(Number(event.sequence)).toBe(meeting.sequence);
  });
});

describe('writeCalendarFile', () => {
  it('keeps one line one line, whatever a name holds', () => {
    const text = writeCalendarFile({
      ...confirmed,
      summary: 'x\r\nATTENDEE:mailto:evil@x.example\u0000\u000b',
      attendee: { name: 'A"\r\nORGANIZER:mailto:evil@x.example', email: 'a@b.example' },
      url: 'https://x.example/\r\nATTENDEE:mailto:evil@x.example',
      productName: 'Par//ley\nX:1',
    });
    const component = new ICAL.Component(ICAL.parse(text) as unknown[]).getFirstSubcomponent('vevent');
    expect(component?.getAllProperties('attendee')).toHaveLength(1);
    expect(component?.getAllProperties('organizer')).toHaveLength(1);
    expect(text).toContain('PRODID:-//Par  ley X:1//Scheduling//EN');
  });

  it('refuses an invitation to nobody and a meeting that ends before it starts', () => {
    expect(() => writeCalendarFile({ ...confirmed, attendee: null })).toThrow('needs an organizer');
    expect(() => writeCalendarFile({ ...cancelled, organizer: null })).toThrow('needs an organizer');
    expect(() => writeCalendarFile({ ...confirmed, endMs: confirmed.startMs })).toThrow('ends before');
  });
});

describe('writeCalendarFeed', () => {
  it('holds every meeting, names nobody as attendee, and says when to come back', async () => {
    const feed = { name: 'Ana, bookings; \\ all', productName: 'Parley', refreshMinutes: 15 };
    const text = writeCalendarFeed({ ...feed, meetings: [confirmed, { ...multilingual, uid: 'bkg_2@parley.example' }] });
    await expect(text).toMatchFileSnapshot('../../golden/ical/feed.ics');
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(2);
    expect(text).toContain('\r\nNAME:Ana\\, bookings\\; \\\\ all\r\n'); // RFC 7986, 5.1: TEXT, so escaped
    expect(text).not.toContain('ATTENDEE');
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT15M');
    const empty = new ICAL.Component(ICAL.parse(writeCalendarFeed({ ...feed, meetings: [] })) as unknown[]);
    expect(empty.getAllSubcomponents('vevent')).toHaveLength(0);
  });
});
