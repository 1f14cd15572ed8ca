const UNIQUE_VIOLATION = '23505';

/**
 * Runs a transaction once more when another one took the same unique name between its look and its write (23505); nothing of it was kept.
 * The second time it sees the other's row, so it answers as if it had come later. A second violation is thrown.
 */
export async function retryWhenTaken<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
    return attempt();
  }
}
