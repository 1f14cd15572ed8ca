import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { GALLERY } from '../../server/http/gallery/gallery-groups.ts';
import { FIREFOX, withFirefox } from '../helpers/firefox.ts';
import { withGallery } from './with-gallery.ts';

const isThere = existsSync(FIREFOX);
if (!isThere) console.log(`skipped: Firefox is not installed (${FIREFOX})`);

/** The page tells how its state was reached as soon as it knows. */
const REACHED = `new Promise((resolve) => {
  const ask = () => document.documentElement.dataset.reached ? resolve(document.documentElement.dataset.reached) : setTimeout(ask, 25);
  ask();
})`;

it.skipIf(!isThere)('every state of the gallery is reached in Firefox too', { timeout: 300_000 }, async () => {
  await withGallery({}, async ({ url }) => {
    await withFirefox(async ({ open, read }) => {
      const missed: string[] = [];
      for (const { name } of GALLERY.flatMap(({ states }) => states)) {
        await open(`${url}/dev/widget?state=${name}`);
        const reached = await read(REACHED);
        if (reached !== 'yes') missed.push(`${name}: ${reached}`);
      }
      expect(missed).toEqual([]);
    });
  });
});
