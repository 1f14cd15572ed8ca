/** Whether an error says that the database cannot be reached just now, rather than that a query is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && (AWAY_CODES.has(code) || code.startsWith('08') || code.startsWith('57P'))) return true;
  return typeof message === 'string' && AWAY_MESSAGES.some((text) => message.includes(text));
}

/** Node's network errors, and PostgreSQL's: too many connections (53300). */
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', '53300']);
/** `pg` throws these without a code. */
const AWAY_MESSAGES = ['Connection terminated', 'timeout exceeded when trying to connect', 'Client has encountered a connection error'];
