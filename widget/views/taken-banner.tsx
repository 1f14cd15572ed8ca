import type { TakenView } from '../flow/taken-of.ts';
import { TimeButton } from './times-list.tsx';
import type { Tools } from './tools.ts';

/** Says that a time was taken meanwhile, and offers the nearest ones. */
export function TakenBanner({ taken, send }: { readonly taken: TakenView; readonly send: Tools['send'] }) {
  return (
    <div class="banner warning taken" tabindex={-1} data-focus="taken" part="taken">
      <div>
        <p>{taken.text}</p>
        <ul class="choices">
          {taken.choices.map((choice) => (
            <li key={choice.slot.start}>
              <TimeButton choice={choice} day={choice.day} send={send} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
