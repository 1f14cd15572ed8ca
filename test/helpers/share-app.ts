import { afterAll, beforeAll } from 'vitest';
import type { HttpSettings } from '../../server/http/app.ts';
import { type TestApp, withApp } from './app.ts';

/** One application for all tests of a file that each make a tenant of their own; it is taken down after the last of them. */
export function shareApp(overrides: Partial<HttpSettings> = {}): () => TestApp {
  let shared: TestApp | null = null;
  let release = () => {};
  let finished: Promise<void> = Promise.resolve();
  beforeAll(
    () =>
      new Promise<void>((resolve, reject) => {
        finished = withApp(async (test) => {
          shared = test;
          resolve();
          await new Promise<void>((done) => (release = done));
        }, overrides);
        finished.catch(reject);
      }),
  );
  afterAll(async () => {
    release();
    await finished;
  });
  return () => {
    if (shared === null) throw new Error('shareApp: asked before the tests began');
    return shared;
  };
}
