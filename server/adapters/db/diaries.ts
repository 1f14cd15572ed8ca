import type { ScheduleRules } from '../../../shared/contract/schedule.ts';
import type { EventTypeSettings } from '../../domain/bookings/event-type-settings.ts';
import { type CalendarCopy, KINDS } from '../../domain/calendars/freshness.ts';
import type { TreatAsBusy } from '../../domain/calendars/treat-as-busy.ts';
import type { Meeting } from '../../domain/slots/question.ts';
import { parseOnce } from './parse-once.ts';
import type { Db } from './schema.ts';
import { runStatement, type Statement } from './statement.ts';

/** Everything a slot question needs of one event type, read in one round trip. */
export interface EventTypeDiary {
  readonly eventTypeId: string;
  readonly slug: string | null;
  readonly settings: EventTypeSettings;
  /** Another one after every change of the event type. */
  readonly version: string;
  readonly hosts: readonly HostRecord[];
}

export interface HostRecord {
  readonly hostId: string;
  readonly externalId: string | null;
  readonly personId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly maxMeetingsPerDay: number | null;
  /** null: the host has no schedule, so is never free. */
  readonly schedule: (Rules & { readonly timeZone: string }) | null;
  readonly meetings: readonly Meeting[];
  /** The connections that block, with their busy time in the range. */
  readonly calendars: readonly CalendarCopy[];
  /** When the first of the host's holds or offered times ends by itself; null when none does. */
  readonly nextExpiryMs: number | null;
}

type Rules = Pick<Required<ScheduleRules>, 'weeklyHours' | 'dateOverrides' | 'travel'>;

interface DiaryRow {
  event_type_id: string;
  slug: string | null;
  settings: string;
  version: string;
  host_id: string;
  external_id: string | null;
  person_id: string;
  name: string;
  host_zone: string;
  max_meetings_per_day: number | null;
  schedule_zone: string | null;
  rules: string | null;
  meetings: string;
  next_expiry: number | null;
  calendars: string | null;
}

export interface DiaryRange {
  /** Meetings that reach into `[fromMs, toMs)`; already widened by the caller for caps that count whole weeks or months. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
}

/**
 * Reads event types, their hosts with their schedules, and what takes the hosts' time, in one round trip. Meetings come as one text
 * column a host, and so does outside busy time: parsing 100 timestamp columns costs more than computing 560 slots. Event types the tenant does not have are left out.
 */
export async function readDiaries(db: Db, tenantId: string, eventTypeIds: readonly string[], range: DiaryRange): Promise<EventTypeDiary[]> {
  return runStatement(db, diariesStatement(tenantId, eventTypeIds, range));
}

export function diariesStatement(tenantId: string, eventTypeIds: readonly string[], range: DiaryRange): Statement<EventTypeDiary[]> {
  return {
    text: DIARY_SQL,
    values: [new Date(range.fromMs), new Date(range.toMs), new Date(range.nowMs), tenantId, eventTypeIds],
    read: (rows) => readRows(rows as readonly DiaryRow[]),
  };
}

function readRows(rows: readonly DiaryRow[]): EventTypeDiary[] {
  const diaries = new Map<string, EventTypeDiary & { hosts: HostRecord[] }>();
  for (const row of rows) {
    const { event_type_id: eventTypeId, slug, version } = row;
    const settings = parseOnce(row.settings) as EventTypeSettings;
    const diary = diaries.get(eventTypeId) ?? { eventTypeId, slug, settings, version, hosts: [] };
    diary.hosts.push(hostOf(row));
    diaries.set(eventTypeId, diary);
  }
  return [...diaries.values()];
}

function epochMs(expression: string): string {
  return `(extract(epoch FROM ${expression}) * 1000)::bigint`;
}

const MEETINGS = ['booking', 'hold', 'proposal'] as const satisfies readonly Meeting['kind'][];
/** Added to a meeting's kind. */
const SAME_EVENT_TYPE = 4;

/** Written once: building it anew for every listing costs as much as running it. */
const DIARY_SQL = `/* diary */
SELECT e.event_type_id, e.slug, e.settings::text AS settings, e.xmin::text AS version, h.host_id, h.external_id, h.person_id, h.name, h.time_zone AS host_zone, h.max_meetings_per_day,
  s.time_zone AS schedule_zone, s.rules::text AS rules, c.meetings, c.next_expiry, k.calendars
FROM event_types e
JOIN hosts h ON h.tenant_id = e.tenant_id AND h.host_id = ANY(e.host_ids)
LEFT JOIN LATERAL (
  SELECT time_zone, rules FROM schedules
  WHERE tenant_id = h.tenant_id AND host_id = h.host_id
  ORDER BY schedule_id = e.schedule_id DESC NULLS LAST, created_at, schedule_id LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT concat('[', string_agg(concat('"', owner_id, '",', array_position(ARRAY['${MEETINGS.join("','")}'], kind) - 1
      + CASE WHEN event_type_id = e.event_type_id THEN ${SAME_EVENT_TYPE} ELSE 0 END, ',',
    ${epochMs('starts_at')}, ',', ${epochMs('ends_at - starts_at')}, ',', ${epochMs('starts_at - lower(blocked)')}, ',', ${epochMs('upper(blocked) - ends_at')}),
    ',' ORDER BY lower(blocked)), ']') AS meetings, min(${epochMs('expires_at')}) AS next_expiry
  FROM claims
  WHERE tenant_id = h.tenant_id AND host_id = h.host_id
    AND blocked && tstzrange($1, $2)
    AND (expires_at IS NULL OR expires_at > $3)
) c ON true
LEFT JOIN LATERAL (
  SELECT string_agg(concat('["', n.connection_id, '","', n.provider, '","', n.status, '","', n.failure_mode, '",', coalesce(${epochMs('n.checked_at')}::text, 'null'), ',',
    coalesce(${epochMs('n.fresh_until')}::text, 'null'), ',', coalesce(${epochMs('n.covered_until')}::text, 'null'), ',', ${epochMs('n.next_at')}, ',',
    n.treat_as_busy, ',[', b.busy, ']]'), ',' ORDER BY n.connection_id) AS calendars
  FROM connections n
  LEFT JOIN LATERAL (
    SELECT string_agg(concat(${epochMs('starts_at')}, ',', ${epochMs('ends_at')}, ',',
      array_position(ARRAY['${KINDS.join("','")}'], kind) - 1 + CASE WHEN all_day THEN 8 ELSE 0 END), ',' ORDER BY starts_at) AS busy
    FROM busy_intervals
    WHERE tenant_id = n.tenant_id AND connection_id = n.connection_id AND starts_at < $2 AND ends_at > $1
  ) b ON true
  WHERE n.tenant_id = h.tenant_id AND n.host_id = h.host_id AND EXISTS (
    SELECT FROM connection_calendars WHERE tenant_id = n.tenant_id AND connection_id = n.connection_id AND blocks
  )
) k ON true
WHERE e.tenant_id = $4 AND e.event_type_id = ANY($5)
ORDER BY e.event_type_id, array_position(e.host_ids, h.host_id)`;

function hostOf(row: DiaryRow): HostRecord {
  return {
    hostId: row.host_id,
    externalId: row.external_id,
    personId: row.person_id,
    name: row.name,
    timeZone: row.host_zone,
    maxMeetingsPerDay: row.max_meetings_per_day,
    schedule: row.rules === null || row.schedule_zone === null ? null : { ...(parseOnce(row.rules) as Rules), timeZone: row.schedule_zone },
    meetings: readMeetings(row.meetings),
    calendars: readCalendars(row.calendars),
    nextExpiryMs: row.next_expiry,
  };
}

/**
 * The column is one flat JSON array, lengths instead of second instants: an array a meeting costs three times as much to read, and
 * a hundred meetings would no longer fit what PostgreSQL sends at once.
 */
function readMeetings(text: string): Meeting[] {
  const flat = JSON.parse(text) as (string | number)[];
  const meetings: Meeting[] = [];
  for (let i = 0; i < flat.length; i += 6) {
    const [flags, startMs, lengthMs] = [flat[i + 1] as number, flat[i + 2] as number, flat[i + 3] as number];
    const endMs = startMs + lengthMs;
    meetings.push({
      kind: MEETINGS[flags % SAME_EVENT_TYPE]!,
      ownerId: flat[i] as string,
      sameEventType: flags >= SAME_EVENT_TYPE,
      startMs,
      endMs,
      blockedStartMs: startMs - (flat[i + 4] as number),
      blockedEndMs: endMs + (flat[i + 5] as number),
    });
  }
  return meetings;
}

function readCalendars(text: string | null): CalendarCopy[] {
  if (text === null) return [];
  const rows = JSON.parse(`[${text}]`) as [
    string,
    string,
    CalendarCopy['status'],
    CalendarCopy['failureMode'],
    number | null,
    number | null,
    number | null,
    number,
    TreatAsBusy,
    number[],
  ][];
  return rows.map(
    ([connectionId, provider, status, failureMode, checkedAtMs, freshUntilMs, coveredUntilMs, nextAtMs, treatAsBusy, busy]) => ({
      connectionId,
      provider,
      status,
      failureMode,
      checkedAtMs,
      freshUntilMs,
      coveredUntilMs,
      nextAtMs,
      treatAsBusy,
      busy,
    }),
  );
}
