import Type from 'typebox';
import { HttpUrl } from './common.ts';
import { strictObject } from './shape.ts';

export const RedirectQuery = strictObject({ url: HttpUrl, key: Type.Optional(Type.String({ maxLength: 200 })) }, { $id: 'RedirectQuery' });

/** Whether a page may send its visitor there after booking. */
export const RedirectAnswer = Type.Object({ allowed: Type.Boolean() }, { $id: 'RedirectAnswer' });
export type RedirectAnswer = Type.Static<typeof RedirectAnswer>;
