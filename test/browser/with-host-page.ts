import type { BrowserContextOptions, Page } from 'playwright-core';
import { withPage } from '../helpers/browser.ts';
import { type DemoRoom, withDemoRoom } from './with-demo-room.ts';

/** The policy of a careful site: nothing inline, no eval, Trusted Types enforced. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

export interface HostPage extends DemoRoom {
  readonly page: Page;
  /** Attributes that make an element act for the room's client, ready to be pasted into markup. */
  readonly credentials: string;
  readonly publishableKey: string;
  readonly eventTypeId: string;
  readonly token: () => Promise<string>;
  /** Opens a page of a site on the server's own origin, with this body and head. */
  readonly open: (body: string, options?: { readonly head?: string; readonly headers?: Record<string, string> }) => Promise<void>;
}

/** A site of its own that embeds Parley, in a browser with these settings. */
export async function withHostPage<T>(options: BrowserContextOptions, use: (host: HostPage) => Promise<T>): Promise<T> {
  return withDemoRoom((room) =>
    withPage({ locale: 'en-US', viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce', ...options }, async (page) => {
      const { rooms, publishableKey } = (await (await fetch(`${room.url}/demo/api/rooms`)).json()) as {
        rooms: { id: string; freelancer: { eventTypeId: string } }[];
        publishableKey: string;
      };
      const [first] = rooms;
      if (first === undefined) throw new Error('the demo has no rooms');
      const token = async () => {
        const answer = await fetch(`${room.url}/demo/api/rooms/${first.id}/token`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ side: 'client' }),
        });
        return ((await answer.json()) as { token: string }).token;
      };
      const credentials = `publishable-key="${publishableKey}" room-token="${await token()}"`;
      const { eventTypeId } = first.freelancer;
      const open: HostPage['open'] = async (body, { head = '', headers = {} } = {}) => {
        const html = `<!doctype html><html lang="en"><head><title>A site</title>${head}<script async src="/parley.js"></script></head><body><main>${body}</main></body></html>`;
        await page.route('**/site', (route) =>
          route.fulfill({ body: html, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } }),
        );
        await page.goto(`${room.url}/site`);
      };
      return use({ ...room, page, credentials, publishableKey, eventTypeId, token, open });
    }),
  );
}
