import { expect, it } from 'vitest';
import { withGallery } from './with-gallery.ts';

/** Every step of a booking as a screen reader is told it. */
const STEPS = ['loading', 'times', 'details', 'errors', 'terms', 'taken', 'offline', 'done', 'manage', 'manage-cancel'];

it('tells a screen reader in every step of a booking what the golden file says', { timeout: 120_000 }, async () => {
  await withGallery({}, async ({ page, show }) => {
    for (const step of STEPS) {
      await show(step);
      const tree = await page.locator('main').ariaSnapshot();
      await expect(`${tree}\n`).toMatchFileSnapshot(`../golden/accessibility/${step}.yaml`);
    }
  });
});
