import Type from 'typebox';
import { Instant } from './common.ts';
import { nullable, oneOf } from './shape.ts';

/** Answer of GET /v1/acknowledgements/verify. */
export const LedgerCheck = Type.Object(
  {
    valid: Type.Boolean(),
    entries: Type.Integer({ description: 'How many rows the chain should have' }),
    checked: Type.Integer({ description: 'How many rows were right before the first wrong one' }),
    dropped: Type.Integer({ description: 'Rows whose content retention has dropped; their place in the chain was checked' }),
    headHash: Type.String({ description: 'Hash of the last row. Keep it elsewhere: a chain rewritten as a whole ends in another one' }),
    firstWrong: nullable(
      Type.Object({
        entry: Type.Integer(),
        acknowledgementId: nullable(Type.String()),
        fault: oneOf(['missing', 'chain', 'hash', 'columns', 'text']),
        detail: Type.String(),
      }),
    ),
  },
  { $id: 'LedgerCheck' },
);
export type LedgerCheck = Type.Static<typeof LedgerCheck>;

/** Answer of GET /v1/acknowledgements/export: everything needed to check the chain without Parley. */
export const LedgerBundle = Type.Object(
  {
    format: Type.Literal('parley-ledger-1'),
    exportedAt: Instant,
    tenant: Type.Object({ id: Type.String(), name: Type.String() }),
    howToCheck: Type.Array(Type.String()),
    head: Type.Object({ entries: Type.Integer(), hash: Type.String() }),
    noticeVersions: Type.Array(Type.Object({}, { additionalProperties: true })),
    rows: Type.Array(
      Type.Object({
        entry: Type.Integer(),
        kind: oneOf(['acknowledged', 'used', 'withdrawn']),
        acknowledgementId: Type.String(),
        at: Instant,
        prevHash: Type.String(),
        hash: Type.String(),
        record: nullable(Type.Object({}, { additionalProperties: true })),
        droppedAt: nullable(Instant),
      }),
    ),
    people: Type.Array(Type.Object({ personId: Type.String(), externalId: Type.String() })),
  },
  { $id: 'LedgerBundle' },
);
export type LedgerBundle = Type.Static<typeof LedgerBundle>;
