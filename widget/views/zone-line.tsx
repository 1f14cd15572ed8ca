import { loadModule } from '../api/load-module.ts';
import { Icon } from '../parts/icon.tsx';
import type { State } from '../flow/state.ts';
import { cityOf, dateIn, offsetIn } from '../time/zones.ts';
import type { Tools } from './tools.ts';

const fetchSearch = () => void loadModule('zones').catch(() => {});

/** Says which zone the times are in. Its button opens the search for another one, whose code is fetched then. */
export function ZoneLine({ state, tools }: { readonly state: State; readonly tools: Tools }) {
  const { zone, nowMs, isZoneOpen } = state;
  const { say, send, formats } = tools;
  return (
    <div class="zone" part="zone">
      <Icon name="globe" />
      <span>{say('timesShownIn')} </span>
      <button type="button" class="link" data-focus="zone" aria-expanded={isZoneOpen} onClick={() => send({ type: 'toggleZones' })}>
        <span class="hidden">{say('changeZone')} </span>
        {cityOf(zone)}, {offsetIn(zone, nowMs)} · <bdi>{formats.clock(zone, nowMs)}</bdi>
        <Icon name="down" />
      </button>
      {isZoneOpen ? (
        <parley-zone-search
          ref={fetchSearch}
          lang={formats.locale}
          onpick={({ detail }: CustomEvent<string>) => send({ type: 'pickZone', zone: detail, today: dateIn(detail, Date.now()) })}
          onclose={() => send({ type: 'toggleZones' })}
        />
      ) : null}
    </div>
  );
}
