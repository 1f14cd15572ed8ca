import type { Hours } from '../../../shared/contract/schedule.ts';
import { Icon } from '../../parts/icon.tsx';
import type { SettingsTools } from './settings-tools.ts';
import { hoursText } from './week-grid.tsx';

/** Blocks of one day as pairs of times. `id` is what the ids of the controls begin with; an end at `00:00` is the end of the day. */
export function HoursFields(props: {
  readonly id: string;
  readonly hours: readonly Hours[];
  readonly tools: SettingsTools;
  readonly onChange: (hours: readonly Hours[]) => void;
  readonly startLabel: (count: number) => string;
  readonly endLabel: (count: number) => string;
  readonly removeLabel: (hours: string) => string;
}) {
  const { id, hours, tools, onChange } = props;
  const put = (index: number, change: Partial<Hours>) =>
    onChange(hours.map((block, each) => (each === index ? { ...block, ...change } : block)));
  return (
    <>
      {hours.map((block, index) => {
        const [startId, endId] = [`${id}-${index}-start`, `${id}-${index}-end`];
        const [startError, endError] = [tools.errorOf(startId), tools.errorOf(endId)];
        return (
          <div class="hours" key={index}>
            <input
              type="time"
              class="control"
              id={startId}
              aria-label={props.startLabel(index + 1)}
              aria-invalid={startError === null ? undefined : 'true'}
              aria-describedby={startError === null ? undefined : `${startId}-error`}
              value={block.start}
              onInput={(event) => put(index, { start: event.currentTarget.value })}
            />
            <span aria-hidden="true">–</span>
            <input
              type="time"
              class="control"
              id={endId}
              aria-label={props.endLabel(index + 1)}
              aria-invalid={endError === null ? undefined : 'true'}
              aria-describedby={endError === null ? undefined : `${endId}-error`}
              value={block.end === '24:00' ? '00:00' : block.end}
              onInput={({ currentTarget: { value } }) => put(index, { end: value === '00:00' ? '24:00' : value })}
            />
            <button
              type="button"
              class="round small"
              aria-label={props.removeLabel(hoursText(tools, block))}
              onClick={() => onChange(hours.filter((_, each) => each !== index))}
            >
              <Icon name="close" />
            </button>
            <FieldError id={startId} text={startError} />
            <FieldError id={endId} text={endError} />
          </div>
        );
      })}
    </>
  );
}

/** What is wrong with the control `id`; nothing when nothing is. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string | null }) {
  return text === null ? null : (
    <p class="error" id={`${id}-error`}>
      {text}
    </p>
  );
}
