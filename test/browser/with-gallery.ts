import type { BrowserContextOptions, Page } from 'playwright-core';
import { withApp } from '../helpers/app.ts';
import { withPage } from '../helpers/browser.ts';
import { VISITOR_ZONE } from '../../server/http/gallery/cast.ts';
import { builtWidget } from './built-widget.ts';

export interface GalleryPage {
  readonly page: Page;
  readonly url: string;
  /** Opens a state and waits until the page says that it is reached. */
  readonly show: (name: string, query?: string) => Promise<void>;
}

/** The gallery on a server of its own with the widget of the working tree, in a browser where the gallery's visitor lives. */
export async function withGallery<T>(options: BrowserContextOptions, use: (gallery: GalleryPage) => Promise<T>): Promise<T> {
  const visitor = { locale: 'en-US', timezoneId: VISITOR_ZONE, reducedMotion: 'reduce', viewport: { width: 1000, height: 800 } } as const;
  return withApp(
    async ({ app }) => {
      const url = await app.listen({ port: 0, host: '127.0.0.1' });
      return withPage({ ...visitor, ...options }, async (page) => {
        const show: GalleryPage['show'] = async (name, query = '') => {
          await page.goto(`${url}/dev/widget?state=${name}${query}`);
          await page.locator('html[data-reached]').waitFor({ state: 'attached' });
          const reached = await page.locator('html').getAttribute('data-reached');
          if (reached !== 'yes') throw new Error(`${name} is not reached: ${reached}`);
        };
        return use({ page, url, show });
      });
    },
    { widgetDir: await builtWidget() },
  );
}
