import { loadModule } from '../api/load-module.ts';
import { Icon } from '../parts/icon.tsx';
import type { State } from '../flow/state.ts';
import { cityOf, instantIn, offsetLabel } from '../time/zones.ts';
import type { Tools } from './tools.ts';

const fetchSearch = () => loadModule('zones');

/** Says which zone the times are in. Its button opens the search for another one, whose code is fetched then. */
export function ZoneLine({ state, tools }: { readonly state: State; readonly tools: Tools }) {
  const { zone, nowMs, isZoneOpen } = state;
  const { say, send, formats } = tools;
  const now = instantIn(zone, nowMs);
  return (
    <div class="zone" part="zone">
      <Icon name="globe" />
      <span>{say('timesShownIn')} </span>
      <button type="button" class="link" data-focus="zone" aria-expanded={isZoneOpen} onClick={() => send({ type: 'toggleZones' })}>
        <span class="hidden">{say('changeZone')} </span>
        {cityOf(zone)}, {offsetLabel(now)} · {formats.time(now)}
        <Icon name="down" />
      </button>
      {isZoneOpen ? (
        <parley-zone-search
          ref={fetchSearch}
          lang={formats.locale}
          onpick={({ detail }: CustomEvent<string>) =>
            send({ type: 'pickZone', zone: detail, today: instantIn(detail, Date.now()).slice(0, 10) })
          }
          onclose={() => send({ type: 'toggleZones' })}
        />
      ) : null}
    </div>
  );
}
