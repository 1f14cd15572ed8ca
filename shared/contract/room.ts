import Type from 'typebox';
import { HttpUrl, Instant, Stage } from './common.ts';
import { nullable, strictObject } from './shape.ts';

export const RoomPut = strictObject({ stage: Stage, url: Type.Optional(HttpUrl) }, { $id: 'RoomPut' });
export type RoomPut = Type.Static<typeof RoomPut>;

export const Room = Type.Object({ id: Type.String(), stage: Stage, url: nullable(Type.String()), statedAt: Instant }, { $id: 'Room' });
export type Room = Type.Static<typeof Room>;
