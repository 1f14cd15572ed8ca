import { describe, expect, it } from 'vitest';
import { MESSAGE_LANGUAGES } from '../../../shared/i18n/message-language.ts';
import type { BookingMessage, MessageData, MessageKind } from '../../../server/domain/messages/message-data.ts';
import { renderMessage } from '../../../server/domain/messages/render-message.ts';
import { listSamples, renderSample, SAMPLE_MESSAGES } from '../../../server/domain/messages/samples.ts';

const VOID = new Set(['meta', 'br', 'img']);

/** Every opened element is closed in order: enough to notice a lost tag or an unescaped text. */
function unbalancedTag(markup: string): string | null {
  const open: string[] = [];
  for (const [, slash, name = ''] of markup.replace('<!doctype html>', '').matchAll(/<(\/?)([a-z0-9]+)(?:\s[^<>]*)?>/g)) {
    if (VOID.has(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) return name;
  }
  return open[0] ?? null;
}

describe.each(Object.keys(MESSAGE_LANGUAGES))('every message in %s', (locale) => {
  it.each(listSamples())('$kind to the $party has subject, text and sound HTML', ({ kind, party }) => {
    const message = renderSample(kind, party, locale);
    expect(message.subject).not.toMatch(/[{}\r\n]/);
    expect(message.text).not.toMatch(/[{}<\r]|\bundefined\b|\bnull\b|\bNaN\b/);
    expect(message.html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    const body = message.html.replace(/<style>[^]*<\/style>/, '');
    expect(body).not.toMatch(/>[^<]*(?:\{|\bundefined\b|\bnull\b|\bNaN\b)/);
    expect(unbalancedTag(body)).toBeNull();
    expect(Buffer.byteLength(message.html)).toBeLessThan(40_000);
  });
});

describe('the golden messages', () => {
  it.each(listSamples())('$kind to the $party in English', async ({ kind, party }) => {
    const { subject, text } = renderSample(kind, party, 'en');
    await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(`../../golden/messages/${kind}.${party}.en.txt`);
  });

  it.each(Object.keys(MESSAGE_LANGUAGES))('a rescheduled meeting to the invitee in %s', async (locale) => {
    const { subject, text } = renderSample('rescheduled', 'invitee', locale);
    await expect(`Subject: ${subject}\n\n${text}`).toMatchFileSnapshot(`../../golden/messages/rescheduled.invitee.${locale}.txt`);
  });

  it.each([
    ['confirmed', 'invitee', 'en'],
    ['requested', 'host', 'ar'],
    ['firstContact', 'invitee', 'ja'],
  ] as const)('%s to the %s in %s, as HTML', async (kind, party, locale) => {
    await expect(renderSample(kind, party, locale).html).toMatchFileSnapshot(`../../golden/messages/${kind}.${party}.${locale}.html`);
  });
});

describe('renderMessage', () => {
  const booking = SAMPLE_MESSAGES.confirmed;
  const poison = '"><script>alert(1)</script><a href="javascript:x">\' & {title}';

  function poisoned<T>(value: T): T {
    if (typeof value === 'string') return (value.startsWith('https://') ? `https://x.example/?q=${poison}` : poison) as T;
    if (Array.isArray(value)) return value.map(poisoned) as T;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, ['party', 'timeZone', 'type', 'color'].includes(name) ? inner : poisoned(inner)]),
    ) as T;
  }

  it.each(listSamples())('lets no text of a stranger become markup in $kind to the $party', ({ kind, party }) => {
    const data = poisoned(SAMPLE_MESSAGES[kind] as BookingMessage);
    const message = renderMessage(
      kind as 'confirmed',
      'recipient' in data ? { ...data, recipient: { ...data.recipient, party } } : data,
      'ar',
    );
    expect(message.html).not.toMatch(/<script|href="javascript/i);
    expect(unbalancedTag(message.html.replace(/<style>[^]*<\/style>/, ''))).toBeNull();
    expect(message.html).toContain('&#60;script&#62;');
  });

  it('shows a link that is not a web address as a dead one', () => {
    const message = renderMessage('confirmed', { ...booking, links: { ...booking.links, manage: 'javascript:alert(1)' } }, 'en');
    expect(message.html).not.toContain('javascript:');
    expect(message.html).toContain('href="#"');
  });

  it('links the room once, and names it where the two differ', () => {
    const count = (text: string): number => text.split('https://market.example/rooms/r-4821\n').length - 1;
    expect(count(renderMessage('confirmed', booking, 'en').text)).toBe(1);
    const call = { ...booking, place: { type: 'link', detail: 'https://call.example/1' } as const };
    expect(renderMessage('confirmed', call, 'en').text).toContain('Where: Video call\n  https://call.example/1\n');
  });

  it('keeps a subject to one line of 200 characters', () => {
    const { subject } = renderMessage('confirmed', { ...booking, title: `a\r\nBcc: x@y.example\u2028${'b'.repeat(400)}` }, 'en');
    expect(subject).not.toMatch(/[\r\n\u2028]/);
    expect(Array.from(subject)).toHaveLength(200);
  });

  it('gives guests no manage link, no note and no answers', () => {
    const { text, html } = renderSample('confirmed', 'guest', 'en');
    for (const part of [text, html]) expect(part).not.toMatch(/mt_sample|first sketches|What is the goal/);
  });

  it.each<[MessageKind, keyof MessageData]>([
    ['cancelled', 'cancelled'],
    ['expired', 'expired'],
    ['declined', 'declined'],
  ])('offers no calendar and no change for a meeting that is %s', (kind) => {
    const { text } = renderSample(kind, 'invitee', 'en');
    expect(text).not.toMatch(/calendar|mt_sample|rooms/i);
  });

  it('shows each reader the same instant on their own wall', () => {
    const at = (timeZone: string): string => renderMessage('confirmed', { ...booking, recipient: { party: 'host', timeZone } }, 'en').text;
    expect(at('Asia/Kolkata')).toContain('8:30 – 9:00 PM');
    expect(at('America/New_York')).toContain('11:00 – 11:30 AM');
    expect(at('America/New_York')).toContain('America/New York (GMT-4)');
    expect(() => at('Mars/Olympus')).toThrow(RangeError);
  });

  it('names both offsets where the clock shows an hour twice (New York, 1 November 2026)', () => {
    const startMs = Date.parse('2026-11-01T05:30Z');
    const recipient = { party: 'host', timeZone: 'America/New_York' } as const;
    const { text } = renderMessage('confirmed', { ...booking, startMs, endMs: startMs + 45 * 60_000, recipient }, 'en');
    expect(text).toContain('1:30 AM GMT-4 – Sunday, November 1, 2026 at 1:15 AM GMT-5');
  });

  it('leaves out what is empty', () => {
    const bare = { ...booking, note: ' ', answers: [], guestNames: [], hostLine: null, place: { type: 'room', detail: null } as const };
    const { text } = renderMessage('confirmed', bare, 'en');
    expect(text).not.toMatch(/Note|Guests|Message from/);
    expect(text).toContain('Where: In the message room\n');
  });

  it.each([
    [24 * 60, 'in 24 hours'],
    [24 * 60 - 0.4, 'in 24 hours'],
    [120, 'in 2 hours'],
    [59, 'in 59 minutes'],
    [0.2, 'in 1 minute'],
    [72 * 60, 'in 3 days'],
  ])('says how far off the meeting is: %d minutes are %s', (minutes, words) => {
    const { text } = renderMessage('reminder', { ...booking, nowMs: booking.startMs - minutes * 60_000 }, 'en');
    expect(text).toContain(`begins ${words}.`);
  });

  it('shows a logo only from an https address', () => {
    const withLogo = (logoUrl: string): string =>
      renderMessage('confirmed', { ...booking, brand: { ...booking.brand, logoUrl } }, 'en').html;
    expect(withLogo('https://cdn.example/logo.png')).toContain('<img src="https://cdn.example/logo.png" alt="Parley"');
    expect(withLogo('http://cdn.example/logo.png')).not.toContain('<img');
    expect(withLogo('data:image/png;base64,AA==')).not.toContain('<img');
  });
});
