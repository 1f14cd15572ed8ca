export interface RoomTokenView {
  readonly name: string;
  readonly email?: string | null;
  readonly role?: string;
  readonly sub?: string;
  readonly hostId?: string;
  readonly room?: { readonly id: string } | null;
}

/**
 * Who a room token names, for drawing only: the signature is the server's business. `null` for a token that cannot be read, which the
 * server will then refuse.
 */
export function readRoomToken(token: string | null): RoomTokenView | null {
  try {
    const payload = (token ?? '').split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as RoomTokenView;
    return typeof claims.name === 'string' ? claims : null;
  } catch {
    return null;
  }
}

/** Tells readers apart: a token that is renewed is the same reader's. */
export function readerOf(token: string | null): string {
  const named = readRoomToken(token);
  return JSON.stringify([named?.sub, named?.role, named?.hostId, named?.room?.id]);
}
