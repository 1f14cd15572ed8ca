import type { Meeting, SlotQuestion } from './question.ts';

/** Time that is not free as flat pairs `[start, end, start, end, ...]`: half-open, none empty, ascending by start; they may overlap. */
export type TakenTime = ArrayLike<number>;

/**
 * What a new blocked range must not meet between two instants: outside busy time, and the blocked ranges of other owners' meetings (so
 * that wrap-up and preparation add up). Stretches that end before they start, or at no number, are nothing.
 */
export function takenTime(question: SlotQuestion, fromMs: number, untilMs: number): TakenTime {
  const { busyMs } = question;
  const meetings = blockingMeetings(question).filter(
    ({ blockedStartMs, blockedEndMs }) => blockedStartMs < untilMs && blockedEndMs > fromMs,
  );
  const busy = isAscending(busyMs) ? busyMs : sortPairs(busyMs);
  if (meetings.length === 0) return busy;
  const blocked = meetings.flatMap(({ blockedStartMs, blockedEndMs }) => [blockedStartMs, blockedEndMs]);
  return mergePairs(busy, isAscending(blocked) ? blocked : sortPairs(blocked));
}

/** The meetings of other owners: all but the booking being moved and the hold or proposal being used. */
export function blockingMeetings(question: Pick<SlotQuestion, 'meetings' | 'ignoreOwnerIds'>): readonly Meeting[] {
  const { meetings, ignoreOwnerIds } = question;
  return ignoreOwnerIds.length === 0 ? meetings : meetings.filter((meeting) => !ignoreOwnerIds.includes(meeting.ownerId));
}

/** Whether pairs can be used as they are: no sorting, nothing to leave out. Busy time read by start from a database is. */
function isAscending(pairs: ArrayLike<number>): boolean {
  let lastStartMs = -Infinity;
  for (let i = 0; i < pairs.length; i += 2) {
    const startMs = pairs[i]!;
    if (!(startMs >= lastStartMs && pairs[i + 1]! > startMs)) return false;
    lastStartMs = startMs;
  }
  return true;
}

/**
 * Ascending pairs that cover the same time. It is enough to sort all starts and all ends, no matter which belong together: the nth start
 * and the nth end in order cover, together with the others, what the pairs did. Two plain sorts of numbers, some ten times as fast as
 * sorting pairs.
 */
function sortPairs(pairs: ArrayLike<number>): number[] {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) {
    if (!(pairs[i + 1]! > pairs[i]!)) continue;
    starts.push(pairs[i]!);
    ends.push(pairs[i + 1]!);
  }
  const startsMs = Float64Array.from(starts).sort();
  const endsMs = Float64Array.from(ends).sort();
  const sorted: number[] = [];
  for (let i = 0; i < startsMs.length; i += 1) sorted.push(startsMs[i]!, endsMs[i]!);
  return sorted;
}

function mergePairs(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const merged: number[] = [];
  let next = 0;
  for (let i = 0; i < a.length; i += 2) {
    for (; next < b.length && b[next]! < a[i]!; next += 2) merged.push(b[next]!, b[next + 1]!);
    merged.push(a[i]!, a[i + 1]!);
  }
  for (; next < b.length; next += 2) merged.push(b[next]!, b[next + 1]!);
  return merged;
}
