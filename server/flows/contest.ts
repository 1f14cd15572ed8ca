/**
 * For many who want the same at the same moment. One tries, the others wait to hear how it went: whoever got it leaves nothing to try for, so they
 * look first, which costs a fraction of trying. The database stays what decides; this only spares it the queue.
 */
export class Contest {
  /** Whether the one who is trying took what is wanted. */
  readonly #trying = new Map<string, Promise<boolean>>();

  /** `look` answers null when it may be worth trying all the same. */
  async enter<T>(
    key: string,
    {
      attempt,
      took,
      look,
    }: { readonly attempt: () => Promise<T>; readonly took: (value: T) => boolean; readonly look: () => Promise<T | null> },
  ): Promise<T> {
    for (let trying = this.#trying.get(key); trying !== undefined; trying = this.#trying.get(key)) {
      if (!(await trying)) continue;
      const seen = await look();
      if (seen !== null) return seen;
    }
    const own = attempt();
    const ended = (isTaken: boolean) => {
      this.#trying.delete(key);
      return isTaken;
    };
    this.#trying.set(
      key,
      own.then(
        (value) => ended(took(value)),
        () => ended(false),
      ),
    );
    return own;
  }
}
