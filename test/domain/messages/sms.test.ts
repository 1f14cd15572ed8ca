import { describe, expect, it } from 'vitest';
import { MESSAGE_LANGUAGES } from '../../../shared/i18n/message-language.ts';
import { readSmsKeyword } from '../../../server/domain/messages/read-sms-keyword.ts';
import { renderSmsReminder, renderSmsReply } from '../../../server/domain/messages/render-sms.ts';
import { countSmsSegments } from '../../../server/domain/messages/sms-segments.ts';

describe('countSmsSegments', () => {
  it.each([
    ['', 'GSM-7', 0, 0],
    ['a'.repeat(160), 'GSM-7', 160, 1],
    ['a'.repeat(161), 'GSM-7', 161, 2],
    ['a'.repeat(306), 'GSM-7', 306, 2],
    ['a'.repeat(307), 'GSM-7', 307, 3],
    ['€'.repeat(80), 'GSM-7', 160, 1],
    ['€'.repeat(81), 'GSM-7', 162, 2],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3], // the euro does not fit the last septet of the first part
    ['é'.repeat(160), 'GSM-7', 160, 1],
    ['ê', 'UCS-2', 1, 1],
    ['あ'.repeat(70), 'UCS-2', 70, 1],
    ['あ'.repeat(71), 'UCS-2', 71, 2],
    ['あ'.repeat(135), 'UCS-2', 135, 3],
    ['🙂'.repeat(35), 'UCS-2', 70, 1],
    [`${'あ'.repeat(66)}🙂${'あ'.repeat(66)}`, 'UCS-2', 134, 3],
  ])('counts %s', (text, encoding, units, segments) => {
    expect(countSmsSegments(text)).toEqual({ encoding, units, segments });
  });
});

describe('renderSmsReminder', () => {
  const reminder = { brandName: 'Parley', title: 'Project introduction', startMs: Date.UTC(2026, 9, 23, 15), timeZone: 'America/New_York' };

  it('says who, what and when, with the hint how to end it', () => {
    expect(renderSmsReminder(reminder, 'en')).toBe('Parley: Project introduction, Fri, Oct 23, 11:00 AM GMT-4. Reply STOP to end.');
  });

  it.each(Object.keys(MESSAGE_LANGUAGES))('takes one segment in %s, even with a long title', (locale) => {
    for (const title of ['Intro', 'Project introduction', 'A very long title that says everything twice, '.repeat(5)]) {
      expect(countSmsSegments(renderSmsReminder({ ...reminder, title }, locale)).segments).toBe(1);
    }
  });

  it('never cuts the time', () => {
    const text = renderSmsReminder({ ...reminder, brandName: 'B'.repeat(150), title: 't'.repeat(300) }, 'en');
    expect(text).toContain('11:00 AM GMT-4');
    expect(countSmsSegments(text).segments).toBe(2);
  });

  it('writes curly quotes, dashes and line ends plainly, because one of them would halve the room', () => {
    const text = renderSmsReminder({ ...reminder, title: 'Ana’s “call” – part\n2…' }, 'en');
    expect(text).toContain('Ana\'s "call" - part 2...');
    expect(countSmsSegments(text).encoding).toBe('GSM-7');
  });

  it('answers STOP, START and HELP in every language', () => {
    for (const locale of Object.keys(MESSAGE_LANGUAGES)) {
      for (const reply of ['stopped', 'started', 'help'] as const) {
        expect(renderSmsReply(reply, 'Parley', locale)).toMatch(reply === 'stopped' ? /START/ : /STOP/);
      }
    }
  });
});

describe('readSmsKeyword', () => {
  it.each([
    ['STOP', 'stop'],
    [' stop. ', 'stop'],
    ['Stop All', 'stop'],
    ['ARRÊT!', 'stop'],
    ['停止', 'stop'],
    ['إيقاف', 'stop'],
    ['ＳＴＯＰ', 'stop'],
    ['İPTAL', 'stop'],
    ['start', 'start'],
    ['Unstop', 'start'],
    ['Help', 'help'],
    ['YARDIM', 'help'],
    ['please stop by at three', null],
    ['stopping', null],
    ['', null],
    [`stop${' '.repeat(200)}`, null],
  ])('reads %j as %s', (text, keyword) => {
    expect(readSmsKeyword(text)).toBe(keyword);
  });
});
