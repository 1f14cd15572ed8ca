import type { ClocksView, Clock } from '../flow/clocks-of.ts';
import { Icon } from '../parts/icon.tsx';
import type { enClocks } from '../i18n/en-clocks.ts';
import type { SayOf } from '../i18n/say.ts';

/** One meeting on both clocks, with its warnings. */
export function Clocks({ clocks, say }: { readonly clocks: ClocksView; readonly say: SayOf<keyof typeof enClocks> }) {
  return (
    <div class="clocks" part="clocks">
      <dl>
        <OneClock label={say('yourTime')} clock={clocks.yours} />
        {clocks.theirs === null ? null : <OneClock label={say('theirTime', { name: clocks.theirName })} clock={clocks.theirs} />}
      </dl>
      {clocks.warnings.map((text) => (
        <p class="caution" key={text}>
          <Icon name="warning" />
          <span>{text}</span>
        </p>
      ))}
    </div>
  );
}

function OneClock({ label, clock }: { readonly label: string; readonly clock: Clock }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span class="clock-date">{clock.date}</span>
        <span class="clock-time">{clock.time}</span>
        <span class="clock-zone">{clock.zone}</span>
      </dd>
    </div>
  );
}
