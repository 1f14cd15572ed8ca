import { type PreviewTime, previewDays } from '../../flow/availability/preview.ts';
import { type Preview, PREVIEW_WEEKS } from '../../flow/availability/state.ts';
import { Icon } from '../../parts/icon.tsx';
import { SettingsIcon } from '../../parts/settings-icon.tsx';
import { addDays, addMonths, weeksOf } from '../../time/local-date.ts';
import { dateIn } from '../../time/zones.ts';
import { changeText } from './change-text.ts';
import type { SettingsTools } from './settings-tools.ts';
import { WeekdayHead } from './weekday-head.tsx';
import { ZonePick } from './zone-pick.tsx';

const KIND_TEXT = { gained: 'timeGained', lost: 'timeLost' } as const;

/** What a client in a zone of choice will see, with what the draft adds and takes away. */
export function PreviewPanel(tools: SettingsTools) {
  const { state, say, actions, nowMs } = tools;
  const { preview } = state;
  const days = previewDays(preview.starts ?? [], preview.change, preview.zone);
  const today = dateIn(preview.zone, nowMs);
  const isEmpty = preview.starts !== null && [...days.values()].every((times) => times.every(({ kind }) => kind === 'lost'));
  const shown = shownIn(preview, days, today);
  const effect = changeText(tools);
  return (
    <aside class="preview" part="preview" aria-labelledby="preview-title">
      <div class="preview-body">
        <h3 id="preview-title">
          <SettingsIcon name="eye" /> {say('preview')}
        </h3>
        <ZonePick
          id="preview-zone"
          label={say('previewZone')}
          zone={preview.zone}
          tools={tools}
          onPick={(zone) => actions.showPreview({ zone, date: null })}
        />
        {effect === null ? null : <p class="effect">{effect}</p>}
        <PreviewMonth days={days} shown={shown} today={today} tools={tools} />
        <PreviewTimes days={days} shown={shown} tools={tools} />
        {isEmpty ? (
          <p class="banner warning">
            <Icon name="warning" /> {say('previewNothing', { count: PREVIEW_WEEKS })}
          </p>
        ) : null}
        {preview.status === 'failed' && effect === null ? <p class="help">{say('previewFailed')}</p> : null}
      </div>
    </aside>
  );
}

type Days = ReadonlyMap<string, readonly PreviewTime[]>;
interface DaysProps {
  readonly days: Days;
  readonly shown: Shown;
  readonly tools: SettingsTools;
}

function PreviewMonth({ days, shown, today, tools }: DaysProps & { readonly today: string }) {
  const { state, say, formats, actions } = tools;
  const { preview } = state;
  const { month } = shown;
  const last = addDays(today, PREVIEW_WEEKS * 7).slice(0, 7);
  return (
    <div>
      <div class="month">
        <h4 aria-live="polite">{formats.month(month)}</h4>
        {(['left', 'right'] as const).map((icon) => {
          const isEnd = icon === 'left' ? month <= today.slice(0, 7) : month >= last;
          return (
            <button
              key={icon}
              type="button"
              class="round"
              aria-label={say(icon === 'left' ? 'previousMonth' : 'nextMonth')}
              aria-disabled={isEnd}
              onClick={() => !isEnd && actions.showPreview({ month: addMonths(month, icon === 'left' ? -1 : 1), date: null })}
            >
              <Icon name={icon} />
            </button>
          );
        })}
      </div>
      <table
        class={preview.status === 'waiting' ? 'days preview-days waiting' : 'days preview-days'}
        aria-busy={preview.status === 'waiting'}
      >
        <caption class="hidden">{say('previewGrid', { month: formats.month(month) })}</caption>
        <WeekdayHead formats={formats} />
        <tbody>
          {weeksOf(month, formats.firstWeekday).map((week, index) => (
            <tr key={index}>
              {week.map((date, place) => (
                <td key={place}>
                  {date === null ? null : (
                    <PreviewDay date={date} times={days.get(date) ?? []} isShown={shown.date === date} tools={tools} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayProps {
  readonly date: string;
  readonly times: readonly PreviewTime[];
  readonly isShown: boolean;
  readonly tools: SettingsTools;
}

function PreviewDay({ date, times, isShown, tools }: DayProps) {
  const { say, formats, actions } = tools;
  const count = times.filter(({ kind }) => kind !== 'lost').length;
  const mark = times.every(({ kind }) => kind === 'same') ? '' : count === 0 ? 'lost' : 'differs';
  if (times.length === 0)
    return (
      <span class="preview-day" aria-label={say('previewNone', { date: formats.longDate(date) })} role="img">
        {formats.dayNumber(date)}
      </span>
    );
  return (
    <button
      type="button"
      class={`preview-day free ${mark}`}
      aria-pressed={isShown}
      aria-label={say('previewDay', { date: formats.longDate(date), count })}
      onClick={() => actions.showPreview({ date })}
    >
      {formats.dayNumber(date)}
    </button>
  );
}

function PreviewTimes({ days, shown: { date }, tools }: DaysProps) {
  const { say, formats, state } = tools;
  const times = date === null ? [] : (days.get(date) ?? []);
  if (date === null) return <p class="quiet">{say(state.preview.starts === null ? 'previewWaits' : 'previewEmpty')}</p>;
  return (
    <div class="preview-times">
      <h4>{formats.longDate(date)}</h4>
      <ul>
        {times.map(({ start, kind }) => (
          <li key={start} class={`preview-time ${kind}`}>
            {kind === 'same' ? (
              formats.time(start)
            ) : (
              <>
                <span aria-hidden="true">{formats.time(start)}</span>
                <span class="hidden">{say(KIND_TEXT[kind], { time: formats.time(start) })}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Shown {
  readonly month: string;
  /** The day whose times are shown; `null` when there is none. */
  readonly date: string | null;
}

/** The day chosen, else the first that differs, else the first with times: of the month somebody leafed to, or of all, since at the end of a month they lie in the next. */
function shownIn({ month, date }: Preview, days: Days, today: string): Shown {
  const chosen = date !== null && days.has(date) ? date : null;
  const found = chosen ?? firstToSee([...days].filter(([each]) => month === null || each.startsWith(month)));
  return { month: month ?? (found ?? today).slice(0, 7), date: found };
}

function firstToSee(days: readonly (readonly [string, readonly PreviewTime[]])[]): string | null {
  const found = days.find(([, times]) => times.some(({ kind }) => kind !== 'same')) ?? days[0];
  return found?.[0] ?? null;
}
