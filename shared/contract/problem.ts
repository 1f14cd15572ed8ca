import Type from 'typebox';
import { CurrentNotice } from './notice.ts';
import { REASONS, SLOT_REFUSALS } from './reasons.ts';
import { oneOf } from './shape.ts';
import { Finding } from './screen.ts';

/** An error answer, `application/problem+json` (RFC 9457). */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    code: oneOf(REASONS),
    issues: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
    requestId: Type.String(),
    alternatives: Type.Optional(Type.Array(Type.Object({ start: Type.String(), end: Type.String() }))),
    notice: Type.Optional(CurrentNotice),
    findings: Type.Optional(Type.Array(Finding)),
    reason: Type.Optional(oneOf(SLOT_REFUSALS)),
    state: Type.Optional(Type.String()),
    minutesLeft: Type.Optional(Type.Integer({ minimum: 0, description: 'Minutes until the meeting starts' })),
  },
  { $id: 'Problem' },
);
export type Problem = Type.Static<typeof Problem>;
