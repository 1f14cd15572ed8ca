import { explainDay } from '../server/domain/slots/explain-day.ts';
import type { Meeting, SlotQuestion } from '../server/domain/slots/question.ts';
import { formatInstant } from '../shared/time/instant.ts';
import { zoneTable } from '../shared/time/zone-table.ts';

/** One picture: a question, and the words beside it. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  readonly question: SlotQuestion;
}

const WIDTH = 860;
const LEFT = 92;
const RIGHT = 20;
const HEIGHT = 218;
const HOUR_MS = 3_600_000;
const STYLE = `
  .paper { fill: #ffffff } .ink { fill: #1f2328 } .faint { fill: #59636e } .line { stroke: #d1d9e0 }
  .open { fill: #ddf4e4; stroke: #2da44e } .busy { fill: #afb8c1 } .booked { fill: #54aeff } .buffer { fill: #54aeff; opacity: .35 }
  .slot { fill: #2da44e } .no { fill: none; stroke: #cf222e; stroke-width: 1.5 } .now { stroke: #bf8700; stroke-width: 2 } .nowtext { fill: #9a6700 }
  text { font: 12px system-ui, sans-serif } .title { font-weight: 600; font-size: 14px }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } .ink { fill: #f0f6fc } .faint { fill: #9198a1 } .line { stroke: #3d444d }
    .open { fill: #12361f; stroke: #3fb950 } .busy { fill: #656c76 } .booked { fill: #1f6feb } .buffer { fill: #1f6feb }
    .slot { fill: #3fb950 } .no { stroke: #f85149 } .now { stroke: #d29922 } .nowtext { fill: #e3b341 }
  }`;

/** Draws what the engine answers: open hours, taken time, and every grid start as offered (a dot) or refused (a cross, with its reason). */
export function drawTimeline({ title, question }: Scene): string {
  const { fromMs, toMs, nowMs, schedule } = question;
  const zone = schedule.timeZone;
  const x = (ms: number): number => Math.round((LEFT + ((ms - fromMs) / (toMs - fromMs)) * (WIDTH - LEFT - RIGHT)) * 10) / 10;
  const bar = (kind: string, y: number, startMs: number, endMs: number): string => {
    const [from, to] = [Math.max(startMs, fromMs), Math.min(endMs, toMs)];
    return from < to
      ? `<rect class="${kind}" x="${x(from)}" y="${y}" width="${Math.round((x(to) - x(from)) * 10) / 10}" height="22" rx="3"/>`
      : '';
  };
  const days = datesOf(question).map((date) => explainDay(question, date));
  const starts = days.flatMap((day) => day.starts).filter(({ startMs }) => startMs >= fromMs && startMs < toMs);
  const busy = Array.from({ length: question.busyMs.length / 2 }, (_, i) =>
    bar('busy', 96, question.busyMs[2 * i]!, question.busyMs[2 * i + 1]!),
  );
  const label = (y: number, text: string): string => `<text class="ink" x="12" y="${y}">${text}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeText(title)}"><style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="8"/><text class="ink title" x="12" y="24">${escapeText(title)}</text>`,
    ...hoursBetween(fromMs, toMs).map((ms) => tick(ms, x(ms), zone)),
    label(79, 'open hours'),
    ...days.flatMap((day) => day.windows.map(({ startMs, endMs }) => bar('open', 64, startMs, endMs))),
    label(111, 'taken'),
    ...busy,
    ...question.meetings.flatMap((meeting) => drawMeeting(meeting, bar)),
    label(143, 'starts'),
    ...starts.map(({ startMs, verdict }) => drawStart(x(startMs), clock(startMs, zone), verdict.bookable ? null : verdict.reason)),
    nowMs > fromMs && nowMs < toMs
      ? `<line class="now" x1="${x(nowMs)}" y1="56" x2="${x(nowMs)}" y2="150"/><text class="nowtext" x="${x(nowMs) + 4}" y="164">now</text>`
      : '',
    legend(),
    '</svg>',
  ]
    .filter((part) => part !== '')
    .join('\n')
    .concat('\n');
}

function drawMeeting(meeting: Meeting, bar: (kind: string, y: number, startMs: number, endMs: number) => string): string[] {
  return [
    bar('buffer', 96, meeting.blockedStartMs, meeting.startMs),
    bar('booked', 96, meeting.startMs, meeting.endMs),
    bar('buffer', 96, meeting.endMs, meeting.blockedEndMs),
  ];
}

function drawStart(x: number, time: string, reason: string | null): string {
  if (reason === null) return `<circle class="slot" cx="${x}" cy="139" r="6"><title>${time} offered</title></circle>`;
  return `<path class="no" d="M${x - 4} 135l8 8m0 -8l-8 8"><title>${time} ${reason}</title></path>`;
}

function tick(ms: number, x: number, zone: string): string {
  return `<line class="line" x1="${x}" y1="56" x2="${x}" y2="150"/><text class="faint" x="${x}" y="48" text-anchor="middle">${clock(ms, zone)}</text>`;
}

function legend(): string {
  const y = 192;
  return [
    `<circle class="slot" cx="${LEFT + 6}" cy="${y}" r="6"/><text class="faint" x="${LEFT + 18}" y="${y + 4}">offered</text>`,
    `<path class="no" d="M${LEFT + 82} ${y - 4}l8 8m0 -8l-8 8"/><text class="faint" x="${LEFT + 98}" y="${y + 4}">on the grid, not offered</text>`,
    `<rect class="busy" x="${LEFT + 260}" y="${y - 7}" width="18" height="14" rx="3"/><text class="faint" x="${LEFT + 284}" y="${y + 4}">busy elsewhere</text>`,
    `<rect class="booked" x="${LEFT + 390}" y="${y - 7}" width="18" height="14" rx="3"/><text class="faint" x="${LEFT + 414}" y="${y + 4}">booked</text>`,
    `<rect class="buffer" x="${LEFT + 480}" y="${y - 7}" width="18" height="14" rx="3"/><text class="faint" x="${LEFT + 504}" y="${y + 4}">its buffer</text>`,
  ].join('\n');
}

function datesOf({ fromMs, toMs, schedule }: SlotQuestion): number[] {
  const zone = zoneTable(schedule.timeZone);
  const first = zone.localDateAt(fromMs);
  return Array.from({ length: zone.localDateAt(toMs - 1) - first + 1 }, (_, i) => first + i);
}

function hoursBetween(fromMs: number, toMs: number): number[] {
  return Array.from({ length: Math.floor((toMs - fromMs) / HOUR_MS) + 1 }, (_, i) => fromMs + i * HOUR_MS);
}

function clock(ms: number, zone: string): string {
  return formatInstant(ms, zone).slice(11, 16);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
