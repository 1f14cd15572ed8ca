import { loadModule } from '../../api/load-module.ts';
import { Icon } from '../../parts/icon.tsx';
import { instantIn } from '../../time/instants.ts';
import { cityOf, offsetLabel } from '../../time/zones.ts';
import type { SettingsTools } from './settings-tools.ts';

const fetchSearch = () => void loadModule('zones').catch(() => {});

/** Says which zone counts; its button opens the search for another one, whose code is fetched then. */
export function ZonePick(props: {
  readonly id: string;
  readonly label: string;
  readonly zone: string;
  readonly tools: SettingsTools;
  readonly onPick: (zone: string) => void;
}) {
  const { id, label, zone, tools, onPick } = props;
  const { say, formats, state, actions, nowMs } = tools;
  const isOpen = state.openZone === id;
  const close = () => {
    actions.show({ openZone: null });
    actions.focusOn(id);
  };
  return (
    <div class="zone-pick">
      <Icon name="globe" />
      <span>{label} </span>
      <button type="button" class="link" id={id} aria-expanded={isOpen} onClick={() => actions.show({ openZone: isOpen ? null : id })}>
        <span class="hidden">{say('changeZone')} </span>
        {/* Apart from one another, so that a Latin name and an Arabic clock keep their order from right to left. */}
        <bdi>
          {cityOf(zone)}, {offsetLabel(instantIn(zone, nowMs))}
        </bdi>
        {' · '}
        <bdi>{formats.clock(zone, nowMs)}</bdi>
        <Icon name="down" />
      </button>
      {isOpen ? (
        <parley-zone-search
          ref={fetchSearch}
          lang={formats.locale}
          onpick={({ detail }: CustomEvent<string>) => {
            onPick(detail);
            close();
          }}
          onclose={close}
        />
      ) : null}
    </div>
  );
}
