import { readLedger, readLedgerHead } from '../adapters/db/acknowledgements.ts';
import { listPublishedVersions } from '../adapters/db/notices.ts';
import { findExternalIds } from '../adapters/db/people.ts';
import { LEDGER_CSV_HEADER, ledgerCsvLine } from '../domain/policy/ledger-csv.ts';
import type { TenantCaller } from './caller.ts';
import type { Deps } from './deps.ts';
import { presentNoticeVersion } from './present-notice.ts';
import { readKept } from './verify-ledger.ts';

const HOW_TO_CHECK = [
  'Take the rows in the order of "entry": 1, 2, 3 and so on, none missing, as many as head.entries.',
  'The "prevHash" of the first row is empty; of every other row it is the "hash" of the row before.',
  'For a row with a record: write the record as JSON without white space, its keys sorted by code unit (JSON.stringify over the sorted entries); put the prevHash and one line feed (U+000A) before it; take SHA-256 over the UTF-8 bytes, in lower-case hex. That is its "hash".',
  'A row whose record is null was emptied when the retention period ended (droppedAt). Its hash still links its neighbours.',
  'The hash of the last row is head.hash.',
  'For the text a person accepted: find record.noticeVersionId in noticeVersions and take text[record.locale]; normalise it to Unicode NFC, line ends to a line feed, trim white space at both ends; SHA-256 over its UTF-8 bytes, in lower-case hex, is record.textHash. One of the texts in label gives record.labelHash the same way.',
  'kind "acknowledged" is the acceptance; "used" names the booking it was used for, "withdrawn" says it was taken back, each as a row of its own with the same acknowledgementId.',
  'via "api" with assertedByKey true means: the marketplace stated it with its secret key; "widget" means the person gave it through Parley.',
];

/** The tenant's whole ledger as one JSON document (`LedgerBundle`), in pieces as they are read, so that a long one fits in little memory. */
export async function* exportLedger({ db, clock }: Pick<Deps, 'db' | 'clock'>, caller: TenantCaller): AsyncGenerator<string> {
  const { id, settings } = caller.tenant;
  const head = (await readLedgerHead(db, id)) ?? { entries: 0, lastHash: '' };
  const start = {
    format: 'parley-ledger-1',
    exportedAt: new Date(clock.nowMs()).toISOString(),
    tenant: { id, name: settings.name },
    howToCheck: HOW_TO_CHECK,
    head: { entries: head.entries, hash: head.lastHash },
    noticeVersions: (await listPublishedVersions(db, id)).map(presentNoticeVersion),
  };
  yield `${JSON.stringify(start).slice(0, -1)},"rows":[`;
  const people = new Set<string>();
  let comma = '';
  for await (const rows of readLedger(db, id, head.entries)) {
    let text = '';
    for (const row of rows) {
      const { entry, kind, acknowledgementId, at, prevHash, hash, record } = readKept(row);
      if (row.person_id !== null) people.add(row.person_id);
      const droppedAt = row.dropped_at?.toISOString() ?? null;
      text += `${comma}\n${JSON.stringify({ entry, kind, acknowledgementId, at, prevHash, hash, record, droppedAt })}`;
      comma = ',';
    }
    yield text;
  }
  yield `],"people":${JSON.stringify(await findExternalIds(db, id, [...people]))}}`;
}

/** The same rows as a table, without the texts. */
export async function* exportLedgerCsv({ db }: Pick<Deps, 'db'>, caller: TenantCaller): AsyncGenerator<string> {
  const { id } = caller.tenant;
  yield LEDGER_CSV_HEADER;
  for await (const rows of readLedger(db, id, (await readLedgerHead(db, id))?.entries ?? 0))
    yield rows.map((row) => ledgerCsvLine(readKept(row), row.dropped_at?.toISOString() ?? null)).join('');
}
