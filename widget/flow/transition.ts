import type { Slot } from '../../shared/contract/slots.ts';
import type { Failure } from '../api/result.ts';
import { addMonths, lastDayOf, monthOf } from '../time/local-date.ts';
import { checkForm, guestsOf, locationOf } from './check-form.ts';
import type { Effect } from './effect.ts';
import { issuesOf } from './issues-of.ts';
import type { About, FlowEvent, Form, FocusWish, Issue, State } from './state.ts';

export type Step = readonly [State, ...Effect[]];

/** How far ahead one may leaf. */
export const MONTHS_AHEAD = 12;
/** Months looked through at once for the next free day when the shown one has none. */
const SEARCH_MONTHS = 3;

/** The next state and what to do for it. Pure: the same state and event always give the same step. */
export function transition(state: State, event: FlowEvent): Step {
  switch (event.type) {
    case 'start':
      return load(state, state.month);
    case 'loaded':
      return event.generation === state.generation ? loaded(state, event) : [state];
    case 'loadFailed':
      return event.generation === state.generation ? loadFailed(state, event.months, event.failure) : [state];
    case 'showMonth':
      return showMonth(state, event.month);
    case 'prefetchMonth':
      return state.months[event.month] === undefined ? load(state, event.month) : [state];
    case 'moveCursor':
      return moveCursor(state, event.date);
    case 'pickDate':
      return slotsOn(state, event.date).length === 0 ? [state] : [focus({ ...state, date: event.date, cursor: event.date }, 'times')];
    case 'pickSlot':
      return pickSlot(state, event.slot);
    case 'pickDuration':
      return startOver({ ...state, durationMinutes: event.minutes });
    case 'pickZone':
      return startOver(focus({ ...state, isZoneOpen: false, zone: event.zone, today: event.today }, 'zone'));
    case 'toggleZones':
      return [state.isZoneOpen ? focus({ ...state, isZoneOpen: false }, 'zone') : { ...state, isZoneOpen: true }];
    case 'held':
      return state.slot?.start === event.start ? [{ ...state, hold: event.hold }] : [state, { type: 'release', holdId: event.hold.id }];
    case 'holdRefused':
      return state.slot?.start === event.start && event.failure.code === 'slot_unavailable' ? lose(state, event.failure) : [state];
    case 'back':
      return leaveDetails(state);
    case 'edit':
      return [edited(state, { [event.field]: event.value }, event.field)];
    case 'answer':
      return [edited(state, { answers: { ...state.form.answers, [event.key]: event.value } }, `answers.${event.key}`)];
    case 'tick':
      return [edited(state, { acknowledged: event.acknowledged }, 'acknowledgement')];
    case 'submit':
      return submit(state, event.freshKey);
    case 'acknowledged':
      return [
        {
          ...state,
          acknowledgementId: event.id,
          attempt: state.attempt && { ...state.attempt, acknowledge: null, acknowledgementId: event.id },
        },
        { type: 'tell', name: 'acknowledged', detail: { acknowledgementId: event.id, noticeVersionId: event.noticeVersionId } },
      ];
    case 'booked':
      return [
        focus({ ...state, step: 'done', booking: event.booking, sending: { status: 'idle' }, hold: null, taken: null }, 'done'),
        { type: 'tell', name: state.purpose.kind === 'book' ? 'booked' : 'rescheduled', detail: event.booking },
      ];
    case 'sendFailed':
      return sendFailed(state, event.failure);
    case 'retry':
      return retry(state);
    case 'reconnected':
      return hasFailed(state, ['offline', 'unreachable']) ? retry(state) : [state];
    case 'tokenRenewed': {
      const renewed = { ...state, identity: event.identity };
      return hasFailed(state, ['token_expired', 'unauthenticated']) ? retry(renewed) : [renewed];
    }
    case 'restart':
      return startOver({
        ...state,
        step: 'pick',
        slot: null,
        booking: null,
        attempt: null,
        acknowledgementId: null,
        form: { ...state.form, note: '', acknowledged: false },
      });
    default:
      return event satisfies never;
  }
}

/** The free times of a date, as far as they are known. */
export function slotsOn(state: State, date: string): readonly Slot[] {
  const load = state.months[monthOf(date)];
  return (load?.status === 'ready' && load.days.find((day) => day.date === date)?.slots) || [];
}

/** The first day with a free time in the known months from `month` on; `null` where none is known. */
export function firstFreeDay(state: State, month: string): string | null {
  for (const key of Object.keys(state.months).sort()) {
    const load = state.months[key];
    if (key < month || load?.status !== 'ready') continue;
    const day = load.days.find(({ slots }) => slots.length > 0);
    if (day !== undefined) return day.date;
  }
  return null;
}

function load(state: State, first: string, count = 1): Step {
  const months = Array.from({ length: count }, (_, index) => addMonths(first, index));
  const from = `${first}-01`;
  const marked = { ...state.months, ...Object.fromEntries(months.map((month) => [month, { status: 'loading' } as const])) };
  return [
    { ...state, months: marked },
    {
      type: 'load',
      generation: state.generation,
      from: from < state.today ? state.today : from,
      to: lastDayOf(months[months.length - 1] ?? first),
      months,
      zone: state.zone,
      durationMinutes: state.durationMinutes,
      holdId: state.hold?.id ?? null,
      rescheduleOf: state.purpose.kind === 'move' ? state.purpose.bookingId : null,
      withAbout: state.about === null,
    },
  ];
}

function loaded(state: State, { months, answer }: Extract<FlowEvent, { type: 'loaded' }>): Step {
  const known = { ...state.months };
  for (const month of months) known[month] = { status: 'ready', days: answer.days.filter(({ date }) => monthOf(date) === month) };
  const { eventType } = answer;
  const isFirst = state.about === null && eventType !== undefined;
  const next = settleDate({
    ...state,
    months: known,
    calendarStatus: answer.calendarStatus,
    durationMinutes: answer.durationMinutes,
    search: months.length > 1 ? 'done' : state.search,
    ...(isFirst && { about: { eventType, hostZone: answer.hostTimeZone, brand: answer.brand ?? null }, notice: answer.notice ?? null }),
  });
  const step = findNextFree(next);
  return isFirst ? [...step, { type: 'tell', name: 'ready', detail: { eventTypeId: eventType.id } }] : step;
}

/** Keeps the chosen day while it has times, else takes the first free one of the shown month. */
function settleDate(state: State): State {
  if (state.date !== null && slotsOn(state, state.date).length > 0) return state;
  if (state.months[state.month]?.status !== 'ready') return state;
  const free = firstFreeDay(state, state.month);
  const date = free !== null && monthOf(free) === state.month ? free : null;
  return { ...state, date, cursor: date ?? state.cursor };
}

/** When the shown month turns out empty, looks further once, so that the visitor is told the next free day. */
function findNextFree(state: State): Step {
  const isEmpty = state.months[state.month]?.status === 'ready' && firstFreeDay(state, state.month) === null;
  if (!isEmpty || state.search !== 'unasked') return [state];
  return load({ ...state, search: 'busy' }, addMonths(state.month, 1), SEARCH_MONTHS);
}

function loadFailed(state: State, months: readonly string[], failure: Failure): Step {
  const failed = Object.fromEntries(months.map((month) => [month, { status: 'failed', failure } as const]));
  return [
    { ...state, months: { ...state.months, ...failed }, search: months.length > 1 ? 'unasked' : state.search },
    ...tellFailure(failure),
  ];
}

function showMonth(state: State, month: string): Step {
  const current = monthOf(state.today);
  if (month < current || month > addMonths(current, MONTHS_AHEAD)) return [state];
  const first = `${month}-01`;
  const shown = settleDate({ ...state, month, date: null, cursor: first < state.today ? state.today : first, search: 'unasked' });
  const isKnown = state.months[month]?.status === 'ready' || state.months[month]?.status === 'loading';
  return isKnown ? findNextFree(shown) : load(shown, month);
}

function moveCursor(state: State, date: string): Step {
  const last = lastDayOf(addMonths(monthOf(state.today), MONTHS_AHEAD));
  const cursor = date < state.today ? state.today : date > last ? last : date;
  const moved = focus({ ...state, cursor, month: monthOf(cursor) }, 'day');
  return state.months[moved.month] === undefined ? load(moved, moved.month) : [moved];
}

function pickSlot(state: State, slot: Slot): Step {
  const minutes = state.durationMinutes ?? Math.round((Date.parse(slot.end) - Date.parse(slot.start)) / 60_000);
  const date = slot.start.slice(0, 10);
  return [
    focus(
      {
        ...state,
        slot,
        step: 'details',
        date,
        cursor: date,
        month: monthOf(date),
        taken: null,
        issues: {},
        sending: { status: 'idle' },
        attempt: null,
      },
      'details',
    ),
    {
      type: 'hold',
      start: slot.start,
      durationMinutes: minutes,
      replaces: state.hold?.id ?? null,
      rescheduleOf: state.purpose.kind === 'move' ? state.purpose.bookingId : null,
    },
    { type: 'tell', name: 'slot-select', detail: slot },
  ];
}

function leaveDetails(state: State): Step {
  const left = focus({ ...state, step: 'pick', slot: null, hold: null, issues: {}, sending: { status: 'idle' } }, 'times');
  return state.hold === null ? [left] : [left, { type: 'release', holdId: state.hold.id }];
}

/** Forgets every time that was loaded and asks again for the shown month. */
function startOver(state: State): Step {
  return load({ ...state, generation: state.generation + 1, months: {}, search: 'unasked' }, state.month);
}

function lose(state: State, failure: Failure): Step {
  const taken = { start: state.slot?.start ?? '', alternatives: failure.problem?.alternatives ?? [] };
  return startOver(focus({ ...state, step: 'pick', slot: null, hold: null, taken, sending: { status: 'idle' }, attempt: null }, 'taken'));
}

function edited(state: State, change: Partial<Form>, field: string): State {
  const { [field]: _mended, ...issues } = state.issues;
  return { ...state, form: { ...state.form, ...change }, issues, attempt: null };
}

function submit(state: State, freshKey: string): Step {
  const { slot, about, purpose } = state;
  if (slot === null || about === null || state.sending.status === 'busy') return [state];
  const issues = checkForm(state);
  if (Object.keys(issues).length > 0) return [withIssues(state, issues)];
  const attempt = state.attempt ?? {
    type: 'send',
    acknowledge: state.notice !== null && state.acknowledgementId === null ? state.notice.noticeVersionId : null,
    acknowledgementId: state.acknowledgementId,
    zone: state.zone,
    key: freshKey,
    request:
      purpose.kind === 'move'
        ? { kind: 'move', bookingId: purpose.bookingId, start: slot.start, holdId: state.hold?.id ?? null }
        : { kind: 'book', body: bookingBody(state, about, slot) },
  };
  return [{ ...state, issues: {}, sending: { status: 'busy' }, attempt }, attempt];
}

function bookingBody({ identity, durationMinutes, hold, zone, form }: State, { eventType }: About, slot: Slot) {
  const location = locationOf(form, eventType);
  const answers = Object.fromEntries(
    eventType.questions.map(({ key }) => [key, form.answers[key]?.trim() ?? '']).filter(([, text]) => text !== ''),
  );
  const guests = guestsOf(form).map((email) => ({ email }));
  const email = form.email.trim();
  return {
    start: slot.start,
    ...(durationMinutes !== null && { durationMinutes }),
    ...(hold !== null && { holdId: hold.id }),
    invitee: {
      ...(identity === null && { name: form.name.trim() }),
      ...(email !== '' && { email }),
      ...(location === 'phone' && { phone: form.phone.trim() }),
      timeZone: zone,
    },
    ...(guests.length > 0 && { guests }),
    ...(Object.keys(answers).length > 0 && { answers }),
    ...(form.note.trim() !== '' && { note: form.note.trim() }),
    location: { type: location as 'room' },
  };
}

function sendFailed(state: State, failure: Failure): Step {
  const { code, problem } = failure;
  if (code === 'slot_unavailable') return lose(state, failure);
  const stopped: State = { ...state, sending: { status: 'idle' } };
  if (code === 'acknowledgement_required' && problem?.notice !== undefined) {
    const asked = {
      ...stopped,
      attempt: null,
      notice: problem.notice,
      acknowledgementId: null,
      form: { ...state.form, acknowledged: false },
    };
    return [withIssues(asked, { acknowledgement: { say: 'needTick' } })];
  }
  const issues = issuesOf(problem);
  if (Object.keys(issues).length > 0) return [withIssues({ ...stopped, attempt: null }, issues)];
  return [focus({ ...state, sending: { status: 'failed', failure } }, 'failure'), ...tellFailure(failure)];
}

function withIssues(state: State, issues: Readonly<Record<string, Issue>>): State {
  return focus({ ...state, issues }, 'issue');
}

function retry(state: State): Step {
  if (state.sending.status === 'failed') return submit({ ...state, sending: { status: 'idle' } }, state.attempt?.key ?? '');
  const failed = Object.keys(state.months).filter((month) => state.months[month]?.status === 'failed');
  if (failed.length === 0) return [state];
  const months = Object.fromEntries(Object.entries(state.months).filter(([month]) => !failed.includes(month)));
  return load({ ...state, months }, state.month);
}

function hasFailed(state: State, codes: readonly Failure['code'][]): boolean {
  const failures = [state.sending, ...Object.values(state.months)].flatMap((item) => (item.status === 'failed' ? [item.failure.code] : []));
  return failures.some((code) => codes.includes(code));
}

function tellFailure({ code }: Failure): Effect[] {
  if (code === 'token_expired') return [{ type: 'tell', name: 'token-expired', detail: {} }];
  return [{ type: 'tell', name: 'error', detail: { code } }];
}

function focus(state: State, target: FocusWish['target']): State {
  return { ...state, focus: { target, count: (state.focus?.count ?? 0) + 1 } };
}
