import type { Page } from 'playwright-core';

/**
 * Holds requests of this address back until the function it answers is called. With `where: 'answer'` they reach the server at once and
 * only their answers wait.
 */
export async function holdBack(page: Page, url: string, where: 'request' | 'answer' = 'request'): Promise<() => void> {
  let letGo = (): void => {};
  const held = new Promise<void>((go) => {
    letGo = go;
  });
  await page.route(url, async (route) => {
    const response = where === 'answer' ? await route.fetch() : undefined;
    await held;
    await (response === undefined ? route.continue() : route.fulfill({ response }));
  });
  return letGo;
}
