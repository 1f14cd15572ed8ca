import { readRoomToken } from '../api/room-token.ts';
import type { Identity } from './state.ts';

/** Who a room token names; `null` where the visitor types name and address. */
export function identityOf(roomToken: string | null): Identity | null {
  const token = readRoomToken(roomToken);
  return token && { name: token.name, hasEmail: Boolean(token.email) };
}
