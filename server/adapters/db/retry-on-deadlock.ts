/** PostgreSQL's word for: another transaction came between your look and your write. */
export const SERIALISATION_FAILURE = '40001';
const SQLSTATES_WORTH_RETRYING = new Set(['40P01', SERIALISATION_FAILURE, '26000', '42P05', '0A000']);
const MOST_ATTEMPTS = 4;

/**
 * Runs a transaction again when PostgreSQL ended it to resolve a deadlock (40P01) or a serialisation failure (40001), or when a pooler had lost a
 * prepared statement (26000, 42P05) or a migration outdated it (0A000); nothing of it was kept. Hosts are locked in one order, so this is the belt beside the braces. The last failure
 * is thrown.
 */
export async function retryOnDeadlock<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (attempts >= MOST_ATTEMPTS || typeof code !== 'string' || !SQLSTATES_WORTH_RETRYING.has(code)) throw error;
    }
  }
}
