import type {
  AuthorizeAnswer,
  AuthorizeRequest,
  Connection,
  ConnectionChange,
  ConnectionCreate,
} from '../../shared/contract/connection.ts';
import type { EventType } from '../../shared/contract/event-type.ts';
import type { Host } from '../../shared/contract/host.ts';
import type { Schedule, ScheduleRules } from '../../shared/contract/schedule.ts';
import type { SmsConsent } from '../../shared/contract/sms-consent.ts';
import type { Change } from '../flow/availability/preview.ts';
import type { HostSettings, RulesBody } from '../flow/availability/draft.ts';
import type { Caller } from './caller.ts';
import { makeIdempotencyKey } from './package/make-idempotency-key.ts';
import type { Result } from './result.ts';

/** The calls a host's own settings make. Each answers a `Result`; none throws. `seen` is the `updatedAt` of what is changed. */
export interface HostClient {
  settings(): Promise<Result<HostSettings>>;
  changeSchedule(id: string, body: Partial<ScheduleRules>, seen: string): Promise<Result<Schedule>>;
  changeEventType(id: string, body: RulesBody, seen: string): Promise<Result<EventType>>;
  changeHost(id: string, body: { maxMeetingsPerDay: number | null }, seen: string): Promise<Result<Host>>;
  simulate(eventTypeId: string, body: { rules?: RulesBody; schedule?: ScheduleRules; weeks: number }): Promise<Result<Change>>;
  connections(hostId: string): Promise<Result<Connection[]>>;
  /** Where the provider asks the host; nothing is connected before the host says yes there and here. */
  authorize(hostId: string, provider: 'google' | 'microsoft', body: AuthorizeRequest): Promise<Result<AuthorizeAnswer>>;
  connect(hostId: string, body: ConnectionCreate): Promise<Result<Connection>>;
  changeConnection(id: string, body: ConnectionChange): Promise<Result<Connection>>;
  syncConnection(id: string): Promise<Result<Connection>>;
  disconnect(id: string): Promise<Result<null>>;
  agreeToSms(body: { phone: string; text: string; locale: string }): Promise<Result<SmsConsent>>;
}

/** As many schedules and event types of one host are read at once. */
const MOST = 100;

/** The same calls over something that carries them, which acts as the host by its room token. */
export function hostClientOf(call: Caller): HostClient {
  const list = <T>(path: string) => call<{ data: T[] }>('GET', path, { query: { limit: MOST } });
  const patch = <T>(path: string, id: string, body: unknown, seen: string) =>
    call<T>('PATCH', `${path}/${encodeURIComponent(id)}`, { body, headers: { 'If-Match': `"${seen}"` } });
  const connectionsOf = (hostId: string) => `/v1/hosts/${encodeURIComponent(hostId)}/connections`;
  const connection = (id: string) => `/v1/connections/${encodeURIComponent(id)}`;
  return {
    settings: async () => {
      const [schedules, eventTypes] = await Promise.all([list<Schedule>('/v1/schedules'), list<EventType>('/v1/event-types')]);
      if (!schedules.ok) return schedules;
      if (!eventTypes.ok) return eventTypes;
      const [first] = schedules.value.data;
      if (first === undefined) return { ok: false, code: 'not_found' };
      const host = await call<Host>('GET', `/v1/hosts/${encodeURIComponent(first.hostId)}`);
      return host.ok ? { ok: true, value: { host: host.value, schedules: schedules.value.data, eventTypes: eventTypes.value.data } } : host;
    },
    changeSchedule: (id, body, seen) => patch('/v1/schedules', id, body, seen),
    changeEventType: (id, body, seen) => patch('/v1/event-types', id, body, seen),
    changeHost: (id, body, seen) => patch('/v1/hosts', id, body, seen),
    simulate: (id, body) => call('POST', `/v1/event-types/${encodeURIComponent(id)}/simulate`, { body }),
    connections: async (hostId) => {
      const answer = await list<Connection>(connectionsOf(hostId));
      return answer.ok ? { ok: true, value: answer.value.data } : answer;
    },
    authorize: (hostId, provider, body) => call('POST', `${connectionsOf(hostId)}/${provider}/authorize`, { body }),
    connect: (hostId, body) => call('POST', connectionsOf(hostId), { body, headers: { 'Idempotency-Key': makeIdempotencyKey() } }),
    changeConnection: (id, body) => call('PATCH', connection(id), { body }),
    syncConnection: (id) => call('POST', `${connection(id)}/sync`, { body: {} }),
    disconnect: (id) => call('DELETE', connection(id)),
    agreeToSms: (body) => call('POST', '/v1/sms-consents', { body, headers: { 'Idempotency-Key': makeIdempotencyKey() } }),
  };
}
