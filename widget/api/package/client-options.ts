/** A key or token, or how to get one: asked before every attempt, so that a renewed token counts at once. */
export type Secret = string | (() => string | Promise<string>);

/** Who calls: one of them, and a room token only beside a publishable key. None is needed for `slots.compute` and `health`. */
export interface Credentials {
  /** `sk_...`: everything in its tenant. For your backend; never in a page. */
  readonly secretKey?: Secret | undefined;
  /** `pk_...`: what every visitor may see and do. */
  readonly publishableKey?: Secret | undefined;
  /** Signed by your backend; acts as the person it names. A function is asked again when the server calls the token expired. */
  readonly roomToken?: Secret | undefined;
  /** `mt_...`: one booking, as the party it was given to. */
  readonly manageToken?: Secret | undefined;
  /** The operator's: makes and lists tenants. */
  readonly adminKey?: Secret | undefined;
}

export interface ClientOptions extends Credentials {
  /** Where Parley answers, such as `https://book.example`; may end in a path. */
  readonly baseUrl: string;
  /** How long a call may take, with its repetitions and the waiting between them. Default 20,000. */
  readonly timeoutMs?: number | undefined;
  /**
   * How often a failed call is sent again at most; default 2. Only what is safe to repeat: reading, what stores nothing, and creating,
   * which carries an `Idempotency-Key`. What was refused for its rate is repeated too. `Retry-After` is kept to.
   */
  readonly retries?: number | undefined;
  /** Instead of the `fetch` of the platform. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** What may be said for one call. */
export interface CallOptions {
  /** Ends the call with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly retries?: number | undefined;
}

/** For calls that create. */
export interface CreateOptions extends CallOptions {
  /** Makes a repetition safe, over restarts of your program too: the same key and body get the same answer for 24 hours. Default: a new one. */
  readonly idempotencyKey?: string | undefined;
}

/** For changes of what others may have changed meanwhile. */
export interface ChangeOptions extends CallOptions {
  /** The `updatedAt` of what you have seen; the answer is `conflict` when it was changed since. */
  readonly ifUpdatedAt?: string | undefined;
}
