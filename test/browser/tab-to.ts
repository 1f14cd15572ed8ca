import type { Page } from 'playwright-core';

/** Presses Tab until the focused element, looked up through shadow roots, is the wanted one. */
export async function tabTo(page: Page, isWanted: (text: string, tag: string, id: string) => boolean): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const [text, tag, id] = await page.evaluate(() => {
      let focus = document.activeElement;
      while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
      return [focus?.textContent?.trim() ?? '', focus?.tagName ?? '', focus?.id ?? ''];
    });
    if (isWanted(text ?? '', tag ?? '', id ?? '')) return;
  }
  throw new Error('sixty times Tab did not get there');
}
