import type { CalendarProvider, CallFailure, Credentials } from './adapters/calendars/contract.ts';
import { createVault } from './adapters/crypto.ts';
import type { ConnectionRow } from './adapters/db/connections.ts';
import type { Db } from './adapters/db/schema.ts';
import { createOutbound, type Outbound } from './adapters/outbound/outbound.ts';
import type { Config } from './config.ts';
import type { Finding } from './diagnose.ts';
import { readCredentials } from './flows/call-connection.ts';
import { calendarsOf } from './wiring.ts';

const MOST_ASKED = 100;
const AT_ONCE = 8;
const ASK_MS = 5000;

type Settings = Pick<Config, 'secretKeys' | 'outboundAllow' | 'google' | 'microsoft'>;

interface Means {
  readonly vault: ReturnType<typeof createVault>;
  readonly outbound: Outbound;
  readonly providers: ReadonlyMap<string, CalendarProvider>;
}

/** Whether calendars can be read: whether each login opens under our keys, is good, and what its last reading said. Changes nothing, so logins are not renewed. */
export async function diagnoseCalendars(config: Settings, db: Db): Promise<Finding[]> {
  const outbound = createOutbound({ allow: config.outboundAllow });
  const means: Means = { vault: createVault(config.secretKeys), outbound, providers: calendarsOf(db, config, outbound) };
  const rows = await db.selectFrom('connections').selectAll().orderBy('status').orderBy('connection_id').limit(MOST_ASKED).execute();
  const wrong: (string | null)[] = [];
  const left = [...rows.entries()];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) wrong[next[0]] = await whatIsWrong(means, next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  outbound.close();
  const findings = rows.flatMap((row, i): Finding[] => {
    const text = wrong[i] ?? null;
    const whose = `calendar ${row.connection_id} (${row.provider}, host ${row.host_id})`;
    return text === null ? [] : [{ good: false, text: `${whose}: ${text}` }];
  });
  if (findings.length > 0) return findings;
  const most = rows.length === MOST_ASKED ? `the first ${MOST_ASKED}` : String(rows.length);
  return [{ good: true, text: rows.length === 0 ? 'no calendars are connected' : `calendars: ${most} looked at, all can be read` }];
}

async function whatIsWrong({ vault, outbound, providers }: Means, row: ConnectionRow): Promise<string | null> {
  const provider = providers.get(row.provider);
  if (provider === undefined)
    return `${row.provider} is not set up here: set ${row.provider.toUpperCase()}_CLIENT_ID and ${row.provider.toUpperCase()}_CLIENT_SECRET`;
  if (row.status === 'disconnected')
    return `the login has ended (${row.failure_detail ?? 'no more is known'}); the host must connect it again`;
  let credentials: Credentials;
  try {
    credentials = readCredentials({ vault }, row);
  } catch {
    return 'the login was encrypted under a key that SECRET_KEY no longer holds; put the old key behind the new one, or connect it again';
  }
  const since =
    row.failing_since === null ? null : `fails since ${row.failing_since.toISOString()}: ${row.failure_detail ?? 'no more is known'}`;
  // A token that has run out says nothing about the login, and renewing it would change what is kept.
  if (credentials.kind === 'oauth' && credentials.expiresAtMs <= Date.now()) return since;
  if ('url' in credentials && !(await outbound.mayReach(credentials.url.replace(/^webcals?:/i, 'https:'))))
    return `its address leads inside the network; if that is meant, name the range in OUTBOUND_ALLOW, such as 10.0.0.0/8`;
  const answer = await provider.identify(credentials, { signal: AbortSignal.timeout(ASK_MS) });
  return answer.ok ? since : mended(answer, credentials);
}

/** What is wrong, and who can do what about it. */
function mended({ reason, detail }: CallFailure, { kind }: Credentials): string {
  switch (reason) {
    case 'authExpired':
      if (kind === 'feed') return `${detail}; the host must connect the feed's new address`;
      return `${detail}${kind === 'password' ? ': the user name or the app password is wrong' : ''}; the host must connect it again`;
    case 'forbidden':
      return `${detail}; the host must connect it again and grant what is asked for`;
    case 'notFound':
      return `${detail}; the host must connect the address it has now`;
    case 'unavailable':
    case 'rateLimited':
      return `${detail}; it is read again as soon as it answers, and until then the host may not be offered`;
    default:
      return detail;
  }
}
