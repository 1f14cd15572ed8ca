/** One at a time: who waits for a turn gets it when everybody before has ended theirs. */
export interface Turns {
  next(): Turn;
}

export interface Turn {
  /** Resolves when it is this one's turn. Asking is what lines one up; a turn never asked for holds nobody back. */
  readonly wait: () => Promise<void>;
  /** Lets the next one pass; without effect when no turn was taken. */
  readonly end: () => void;
}

export function takeTurns(): Turns {
  let last: Promise<void> = Promise.resolve();
  return {
    next() {
      let end: (() => void) | null = null;
      return {
        async wait() {
          const before = last;
          last = new Promise((resolve) => {
            end = resolve;
          });
          await before;
        },
        end: () => end?.(),
      };
    },
  };
}
