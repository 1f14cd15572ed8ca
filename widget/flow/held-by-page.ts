import type { Client } from '../api/client.ts';

/** Holds that are neither used nor given back, each with what gives it back. */
const held = new Map<string, Client>();

/** When the page is left (closed, reloaded, followed by another) the hold is given back at once: nobody need wait until it expires. */
export function keepForPage(holdId: string, client: Client): void {
  held.set(holdId, client);
  // The same listener counts once.
  addEventListener('pagehide', giveBack);
}

export function forgetHold(holdId: string | null): void {
  if (holdId !== null) held.delete(holdId);
}

function giveBack(): void {
  for (const [id, client] of held) void client.release(id);
  held.clear();
}
