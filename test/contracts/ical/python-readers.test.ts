import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const GOLDEN = new URL('../../golden/ical/', import.meta.url);

const READERS = {
  icalendar: `
import sys, json, icalendar
cal = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
print(json.dumps([[str(e['uid']), e.decoded('dtstart').timestamp(), e.decoded('dtend').timestamp(), str(e['summary']), int(e['sequence'])] for e in cal.walk('VEVENT')]))`,
  vobject: `
import sys, json, vobject
cal = vobject.readOne(sys.stdin.buffer.read().decode('utf-8'))
print(json.dumps([[e.uid.value, e.dtstart.value.timestamp(), e.dtend.value.timestamp(), e.summary.value, int(e.sequence.value)] for e in cal.vevent_list]))`,
};

const runPython = (code: string, input: string): { status: number | null; stdout: string } =>
  spawnSync('python3', ['-c', code], { input, encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8' } });

/** What the file says, by the plain text of its lines. */
function expected(file: string): unknown[] {
  const lines = file.replaceAll('\r\n ', '').split('\r\n');
  const values = (name: string): string[] => lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1));
  const seconds = (utc: string): number =>
    Date.parse(utc.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')) / 1000;
  const plain = (text: string): string => text.replaceAll('\\n', '\n').replaceAll(/\\([\\;,])/g, '$1');
  const [uids, starts, ends, summaries, sequences] = ['UID', 'DTSTART', 'DTEND', 'SUMMARY', 'SEQUENCE'].map(values);
  return (uids ?? []).map((uid, index) => [
    uid,
    seconds(starts?.[index] ?? ''),
    seconds(ends?.[index] ?? ''),
    plain(summaries?.[index] ?? ''),
    Number(sequences?.[index]),
  ]);
}

describe.each(Object.entries(READERS))('the golden calendar files, read by python3 %s', (name, code) => {
  const installed = runPython(`import ${name}`, '').status === 0;

  it.skipIf(!installed).each(readdirSync(GOLDEN))('%s holds the same meetings', (file) => {
    const text = readFileSync(new URL(file, GOLDEN), 'utf8');
    const { status, stdout } = runPython(code, text);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(expected(text));
    expect(expected(text).length).toBeGreaterThan(0);
  });
});
