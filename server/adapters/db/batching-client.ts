import pg from 'pg';

/** Opens a statement that is to be prepared once per connection: its name comes first, as a comment. */
const NAMED = /^\/\* ([a-z-]{1,50}) \*\//;

/** A pooler in between hands out other connections than the one it was prepared on: there it is unknown, or known already. */
const LOST_STATEMENT: readonly unknown[] = ['26000', '42P05'];

/** Whether statements are prepared under their names; shared by the clients of a pool, since all of them meet the same pooler. */
export interface Preparing {
  on: boolean;
}

/**
 * A client for `pg.Pool` that sends what is asked in one turn of the event loop together, in order: a write to the server costs more than most
 * statements, so `BEGIN`, the locks and the reads of a booking leave in one. Statements that begin with a name in a comment are prepared under it,
 * so that long ones are planned once a connection and not at every call.
 */
export function batchingClient(preparing: Preparing): typeof pg.Client {
  class BatchingClient extends pg.Client {
    #isGathering = false;

    constructor(config?: pg.ClientConfig) {
      super({ ...config, pipeline: true });
    }

    override query = ((...given: unknown[]): unknown => {
      this.#gather();
      const [text, values] = given;
      const name = preparing.on && typeof text === 'string' && Array.isArray(values) ? NAMED.exec(text)?.[1] : undefined;
      return name === undefined ? this.#send(given) : this.#sendPrepared(name, String(text), values as unknown[]);
    }) as pg.Client['query'];

    #gather(): void {
      if (this.#isGathering) return;
      this.#isGathering = true;
      const { stream } = this.connection;
      stream.cork();
      process.nextTick(() => {
        this.#isGathering = false;
        stream.uncork();
      });
    }

    #send(given: readonly unknown[]): unknown {
      return (pg.Client.prototype.query as (...all: readonly unknown[]) => unknown).apply(this, given as unknown[]);
    }

    async #sendPrepared(name: string, text: string, values: unknown[]): Promise<unknown> {
      try {
        return await this.#send([{ name, text, values }]);
      } catch (error) {
        if (!LOST_STATEMENT.includes((error as { code?: unknown }).code)) throw error;
        preparing.on = false;
        // A transaction is lost with it; `retryOnDeadlock` tries it again.
        if (this.getTransactionStatus() !== 'I') throw error;
        return this.#send([text, values]);
      }
    }
  }
  return BatchingClient;
}
