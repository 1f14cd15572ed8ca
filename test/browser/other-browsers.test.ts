import { describe, expect, it } from 'vitest';
import { GALLERY } from '../../server/http/gallery/gallery-groups.ts';
import { withApp } from '../helpers/app.ts';
import { hasFirefox, withFirefox } from '../helpers/firefox.ts';
import { hasWebKit, withWebKit } from '../helpers/webkit.ts';
import { ALWAYS_FREE, makeWorld } from '../helpers/world.ts';
import { builtWidget } from './built-widget.ts';
import { visitorOf } from './visitor.ts';
import { withGallery } from './with-gallery.ts';

const BROWSERS = [
  { name: 'Firefox', isThere: hasFirefox, drive: withFirefox, packages: 'firefox-esr' },
  { name: 'WebKit', isThere: hasWebKit, drive: withWebKit, packages: 'webkit2gtk-driver and xvfb' },
];

/** The page tells how its state was reached as soon as it knows. */
const REACHED = `new Promise((resolve) => {
  const ask = () => document.documentElement.dataset.reached ? resolve(document.documentElement.dataset.reached) : setTimeout(ask, 25);
  ask();
})`;
const TERMS = {
  key: 'terms',
  placements: ['messageRoom'],
  stages: ['contract'],
  acknowledgement: 'everyBooking',
  text: { en: 'Be on time.' },
};

for (const { name, isThere, drive, packages } of BROWSERS) {
  if (!isThere) console.log(`skipped: ${name} is not installed (${packages})`);

  describe.skipIf(!isThere)(`in ${name}`, () => {
    it('every state of the gallery is reached too', { timeout: 600_000 }, async () => {
      await withGallery({}, async ({ url }) => {
        await drive(async ({ open, read }) => {
          const missed: string[] = [];
          for (const state of GALLERY.flatMap(({ states }) => states)) {
            await open(`${url}/dev/widget?state=${state.name}`);
            const reached = await read(REACHED);
            if (reached !== 'yes') missed.push(`${state.name}: ${reached}`);
          }
          expect(missed).toEqual([]);
        });
      });
    });

    it(
      'a visitor books on the page a host shares, and moves and cancels the meeting behind the mail’s link',
      { timeout: 120_000 },
      async () => {
        await withApp(
          async (server) => {
            server.clock.setTime(Date.now());
            const url = await server.app.listen({ port: 0, host: '127.0.0.1' });
            const {
              tenantId,
              hostId,
              secretKey: key,
            } = await makeWorld(server, {
              tenant: { allowedOrigins: [url] },
              host: ALWAYS_FREE.host,
              eventType: { slug: 'intro', ...ALWAYS_FREE.eventType },
            });
            const terms = await server.call('POST', '/v1/notices', { key, body: TERMS });
            expect(terms.status, terms.text).toBe(201);
            const meeting = async () => (await server.call('GET', '/v1/bookings', { key })).body.data[0];

            await drive(async (page) => {
              const { click, fill, see } = visitorOf(page);
              await page.open(`${url}/b/${tenantId}/${hostId}/intro`);
              await see('td[aria-selected=true]');
              await click('.times button.time');
              await fill('#name', 'Ana Visitor');
              await fill('#email', 'ana@visitor.example');
              await click('#acknowledgement');
              await click('[part=submit]');
              await see('[part=done]');
              const booked = await meeting();
              expect(booked).toMatchObject({ status: 'confirmed', invitee: { name: 'Ana Visitor', email: 'ana@visitor.example' } });

              await page.open(`${url}/m${new URL(booked.links.manage).hash}`);
              await click('button', 'Reschedule');
              await see('td[aria-selected=true]');
              await click('.times li:last-child button.time');
              await click('[part=submit]');
              await see('*', 'Your meeting is moved');
              const moved = await meeting();
              expect(moved).toMatchObject({ id: booked.id, rescheduleCount: 1, status: 'confirmed' });
              expect(moved.start).not.toBe(booked.start);

              await click('button', 'Back to the meeting');
              await click('button', 'Cancel meeting');
              await fill('textarea', 'Plans changed.');
              await click('button', 'Yes, cancel it');
              await see('*', 'Reason: Plans changed.');
              expect(await meeting()).toMatchObject({ status: 'cancelled', reason: 'Plans changed.' });
            });
          },
          { widgetDir: await builtWidget() },
        );
      },
    );
  });
}
