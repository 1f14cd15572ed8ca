import type { CalendarProvider, Credentials } from './adapters/calendars/contract.ts';
import { createVault } from './adapters/crypto.ts';
import type { ConnectionRow } from './adapters/db/connections.ts';
import type { Db } from './adapters/db/schema.ts';
import { createOutbound } from './adapters/outbound/outbound.ts';
import type { Config } from './config.ts';
import type { Finding } from './diagnose.ts';
import { readCredentials } from './flows/call-connection.ts';
import { calendarsOf } from './wiring.ts';

const MOST_ASKED = 100;
const ASK_MS = 5000;

/** Whether calendars can be read: whether each login opens under our keys, is good, and what its last reading said. Changes nothing, so logins are not renewed. */
export async function diagnoseCalendars(config: Config, db: Db): Promise<Finding[]> {
  const vault = createVault(config.secretKeys);
  const providers = calendarsOf(db, config, createOutbound({ allow: config.outboundAllow }));
  const rows = await db.selectFrom('connections').selectAll().orderBy('status').orderBy('connection_id').limit(MOST_ASKED).execute();
  const findings: Finding[] = [];
  for (const row of rows) {
    const wrong = await whatIsWrong({ vault }, row, providers.get(row.provider));
    if (wrong !== null)
      findings.push({ good: false, text: `calendar ${row.connection_id} (${row.provider}, host ${row.host_id}): ${wrong}` });
  }
  if (findings.length > 0) return findings;
  const most = rows.length === MOST_ASKED ? `the first ${MOST_ASKED}` : String(rows.length);
  return [{ good: true, text: rows.length === 0 ? 'no calendars are connected' : `calendars: ${most} looked at, all can be read` }];
}

async function whatIsWrong(
  own: Parameters<typeof readCredentials>[0],
  row: ConnectionRow,
  provider: CalendarProvider | undefined,
): Promise<string | null> {
  if (provider === undefined)
    return `${row.provider} is not set up here: set ${row.provider.toUpperCase()}_CLIENT_ID and ${row.provider.toUpperCase()}_CLIENT_SECRET`;
  if (row.status === 'disconnected')
    return `the login has ended (${row.failure_detail ?? 'no more is known'}); the host must connect it again`;
  let credentials: Credentials;
  try {
    credentials = readCredentials(own, row);
  } catch {
    return 'the login was encrypted under a key that SECRET_KEY no longer holds; put the old key behind the new one, or connect it again';
  }
  const since =
    row.failing_since === null ? null : `fails since ${row.failing_since.toISOString()}: ${row.failure_detail ?? 'no more is known'}`;
  // A token that has run out says nothing about the login, and renewing it would change what is kept.
  if (credentials.kind === 'oauth' && credentials.expiresAtMs <= Date.now()) return since;
  const answer = await provider.identify(credentials, { signal: AbortSignal.timeout(ASK_MS) });
  return answer.ok ? since : answer.detail;
}
