/**
 * One reading for everybody who asks the same at the same time. Who asks while one runs gets the next, which begins when that one ends: so what it says
 * is never older than the asking.
 */
export class Gathering<T> {
  readonly #readings = new Map<string, Reading<T>>();

  async ask(key: string, read: () => Promise<T>): Promise<T> {
    const reading = this.#readings.get(key);
    if (reading === undefined) return this.#begin(key, read);
    const begin = async () => this.#begin(key, read);
    reading.next ??= reading.now.then(begin, begin);
    return reading.next;
  }

  async #begin(key: string, read: () => Promise<T>): Promise<T> {
    const reading: Reading<T> = { now: read(), next: null };
    this.#readings.set(key, reading);
    try {
      return await reading.now;
    } finally {
      if (reading.next === null) this.#readings.delete(key);
    }
  }
}

interface Reading<T> {
  readonly now: Promise<T>;
  next: Promise<T> | null;
}
