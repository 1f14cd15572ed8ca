/** Holds that are neither used nor given back, each with what gives it back. */
const held = new Map<string, () => void>();

/** When the page is left (closed, reloaded, followed by another) the hold is given back at once: nobody need wait until it expires. */
export function keepForPage(holdId: string, giveBack: () => void): void {
  held.set(holdId, giveBack);
  // The same listener counts once.
  addEventListener('pagehide', giveAllBack);
}

export function forgetHold(holdId: string | null): void {
  if (holdId !== null) held.delete(holdId);
}

function giveAllBack(): void {
  for (const giveBack of held.values()) giveBack();
  held.clear();
}
