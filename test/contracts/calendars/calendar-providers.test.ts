import { describe, it } from 'vitest';
import { describeCalendarContract } from './calendar-contract.ts';
import { RADICALE_INSTALLED, startRadicale, startXandikos, XANDIKOS_INSTALLED } from './caldav-servers.ts';
import { startCaldavWorld, startGoogleWorld, startIcsWorld, startMicrosoftWorld, startSimulatedWorld } from './worlds.ts';

describeCalendarContract('simulated', startSimulatedWorld);
describeCalendarContract('ics', startIcsWorld);
describeCalendarContract('google', () => startGoogleWorld());
describeCalendarContract('microsoft', () => startMicrosoftWorld());
describeCaldav('Radicale', RADICALE_INSTALLED, startRadicale);
describeCaldav('Xandikos', XANDIKOS_INSTALLED, startXandikos);

function describeCaldav(name: string, isInstalled: boolean, start: Parameters<typeof startCaldavWorld>[0]): void {
  if (isInstalled) describeCalendarContract(`caldav (${name})`, () => startCaldavWorld(start));
  else describe.skip(`caldav: ${name} is not installed, so nothing was checked against it`, () => it('is skipped', () => {}));
}
