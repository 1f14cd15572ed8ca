import Type from 'typebox';
import { CurrentNotice } from './notice.ts';
import { Locale, Stage } from './common.ts';
import { oneOf, strictObject } from './shape.ts';

export const FINDING_CATEGORIES = ['email', 'phone', 'handle', 'videoCall', 'link', 'payment', 'invitation'] as const;

/** One contact detail in a text; `start` and `end` are UTF-16 offsets into the text as it was sent. */
export const Finding = Type.Object(
  {
    category: oneOf(FINDING_CATEGORIES),
    confidence: oneOf(['high', 'medium', 'low']),
    start: Type.Integer(),
    end: Type.Integer(),
    rule: Type.String(),
    field: Type.Optional(Type.String()),
    message: Type.Optional(Type.Integer()),
  },
  { $id: 'Finding' },
);
export type Finding = Type.Static<typeof Finding>;

const Screened = Type.String({ maxLength: 20_000 });
export const ScreenRequest = strictObject(
  {
    text: Type.Optional(Screened),
    messages: Type.Optional(Type.Array(Screened, { minItems: 1, maxItems: 20 })),
    stage: Type.Optional(Stage),
    locale: Type.Optional(Locale),
  },
  { $id: 'ScreenRequest' },
);
export type ScreenRequest = Type.Static<typeof ScreenRequest>;

export const Verdict = oneOf(['allow', 'warn', 'block']);
export const ScreenAnswer = Type.Object(
  { verdict: Verdict, findings: Type.Array(Finding), notice: Type.Optional(CurrentNotice) },
  { $id: 'ScreenAnswer' },
);
export type ScreenAnswer = Type.Static<typeof ScreenAnswer>;
