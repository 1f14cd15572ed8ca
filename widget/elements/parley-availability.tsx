import { render } from 'preact';
import { readRoomToken } from '../api/room-token.ts';
import { NO_CALENDARS } from '../flow/availability/connections.ts';
import { findIssues } from '../flow/availability/find-issues.ts';
import { type AvailabilityState, SECTIONS, type SectionName, shownOf } from '../flow/availability/state.ts';
import { USUAL_CELLS } from '../flow/availability/visible-cells.ts';
import { dayOrder, WEEKDAYS } from '../flow/availability/week.ts';
import { keyInWeek } from '../flow/availability/week-keys.ts';
import { hasChanges } from '../flow/availability/changes.ts';
import { commaOf } from '../i18n/comma-of.ts';
import { elementWords } from '../i18n/element-words.ts';
import { enAvailability } from '../i18n/en-availability.ts';
import type { SomeWords } from '../i18n/say.ts';
import availabilityCss from '../theme/availability.css?inline';
import fieldsCss from '../theme/fields.css?inline';
import schedulerCss from '../theme/scheduler.css?inline';
import settingsCss from '../theme/settings.css?inline';
import weekCss from '../theme/week.css?inline';
import { dateIn, detectZone } from '../time/zones.ts';
import { AvailabilityView, NoSettings } from '../views/availability/availability-view.tsx';
import { dayName } from '../views/availability/day-name.ts';
import type { SettingsActions, SettingsTools } from '../views/availability/settings-tools.ts';
import { hoursText } from '../views/availability/week-grid.tsx';
import { AvailabilityFlow } from './availability-flow.ts';
import { ParleyElement } from './parley-element.ts';
import { WeekPainter } from './week-painter.ts';

/**
 * `<parley-availability>`: a host's own settings. Weekly hours to paint or type, days off, trips, booking rules, reminders and messages, with a
 * preview of what clients will see and of what a change would do to it. Nothing counts before it is saved; what fails to be saved stays typed.
 *
 * It acts as the host by a room token of role `host`.
 *
 * Attributes: those of every element, and `event-type` (the one shown first; the host's first unless set), `section` (`week` unless set, or
 * `days`, `travel`, `rules`, `messages`, `calendars`).
 * Properties: `isChanged` (whether something is not saved yet).
 * Events: `parley:ready`, `parley:availability-changed` (saved; the detail names host, schedules and event types), `parley:token-expired`,
 * `parley:error`. Parts: `card`, `section`, `week`, `preview`, `save`.
 */
export class ParleyAvailability extends ParleyElement {
  static override observedAttributes = [...ParleyElement.observedAttributes, 'event-type', 'section'];

  private readonly flow = new AvailabilityFlow(
    {
      call: this.call,
      // What a host agrees to is kept with the language it stood in, which is English where words could not be had.
      locale: () => this.inWords().formats.locale,
      wantedEventType: () => this.getAttribute('event-type'),
      draw: () => this.draw(),
      focusOn: (id) => this.focusOn(id),
      tell: (name, detail) => this.tell(name, detail),
    },
    firstState(),
  );
  private readonly painter = new WeekPainter({
    week: () => this.shown?.schedule.week ?? NO_WEEK,
    order: () => dayOrder(this.inWords().formats.firstWeekday),
    show: (week, cursor) => {
      this.flow.editSchedule({ week });
      this.flow.show({ cursor });
    },
    settle: (days) => this.sayDays(days),
  });
  private readonly actions: SettingsActions;
  private focusId: string | null = null;
  private hostId: unknown = null;

  constructor() {
    super(schedulerCss, fieldsCss, availabilityCss, weekCss, settingsCss);
    const { flow, painter } = this;
    this.actions = {
      show: flow.show,
      showPreview: flow.showPreview,
      editSchedule: flow.editSchedule,
      editRules: flow.editRules,
      editHost: flow.editHost,
      chooseEventType: flow.chooseEventType,
      discard: flow.discard,
      save: () => void flow.save(),
      retry: () => void flow.load(),
      loadTheirs: () => void flow.loadTheirs(),
      keepMine: () => void flow.keepMine(),
      showCalendars: flow.showCalendars,
      openConnect: flow.calendars.open,
      closeConnect: flow.calendars.close,
      askForAccess: flow.calendars.askFor,
      goToConsent: flow.calendars.goAway,
      connect: (form) => void flow.calendars.connect(form),
      changeConnection: (id, change) => void flow.calendars.change(id, change),
      readConnection: (id) => void flow.calendars.read(id),
      disconnect: (id) => void flow.calendars.disconnect(id),
      agreeToSms: (text) => void flow.agreeToSms(text),
      weekKey: (event) => this.onWeekKey(event),
      attachPainter: painter.attach,
      focusOn: (id) => this.focusOn(id),
    };
    // What is wrong with a control is shown once it has been left.
    this.root.addEventListener('focusout', ({ target }) => {
      const { id } = target as HTMLElement;
      if (id !== '' && !flow.state.touched.has(id)) queueMicrotask(() => flow.show({ touched: new Set([...flow.state.touched, id]) }));
    });
  }

  /** Whether something was changed that is not saved. */
  get isChanged(): boolean {
    const { settings, draft } = this.flow.state;
    return settings !== null && draft !== null && hasChanges(settings, draft);
  }

  protected override start(): void {
    const section = this.getAttribute('section') as SectionName;
    this.hostId = readRoomToken(this.getAttribute('room-token'))?.hostId;
    this.flow.state = { ...firstState(), ...(SECTIONS.includes(section) && { section }) };
    void this.flow.load();
  }

  protected override stop(): void {
    this.flow.stop();
    render(null, this.root);
  }

  /** A renewed token of the same host leaves everything as it is on the screen. */
  protected override changed(name: string): void {
    const isSameHost = readRoomToken(this.getAttribute('room-token'))?.hostId === this.hostId;
    if (name === 'lang') this.draw();
    else if (name === 'room-token' && isSameHost && this.flow.state.status === 'ready') this.flow.show({ saveFailure: null });
    else if (name === 'section' || name === 'event-type') {
      const section = this.getAttribute('section') as SectionName;
      if (name === 'section' && SECTIONS.includes(section)) this.flow.show({ section });
      const eventTypeId = this.getAttribute('event-type');
      if (name === 'event-type' && this.flow.state.settings?.eventTypes.some(({ id }) => id === eventTypeId))
        this.flow.chooseEventType(eventTypeId ?? '');
    } else this.start();
  }

  private get shown() {
    return shownOf(this.flow.state);
  }

  private inWords() {
    return this.language({ availability: enAvailability });
  }

  protected override fetchWords(language: string): Promise<SomeWords> {
    return elementWords(language, 'availability');
  }

  protected override redraw(): void {
    this.draw();
  }

  /** Puts the keyboard on a control after the next drawing, which may be the one that makes it. */
  private focusOn(id: string): void {
    this.focusId = id;
    this.draw();
  }

  private onWeekKey(event: KeyboardEvent): void {
    const { shown } = this;
    const { formats } = this.inWords();
    if (shown === null || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && this.painter.cancel()) return event.preventDefault();
    const { cursor, firstCell, endCell } = this.flow.state;
    const cell = { ...cursor, index: Math.max(firstCell, Math.min(endCell - 1, cursor.index)) };
    const frame = { order: dayOrder(formats.firstWeekday), forward: formats.direction === 'rtl' ? -1 : 1 } as const;
    const done = keyInWeek(event, cell, shown.schedule.week, frame);
    if (done === null) return;
    event.preventDefault();
    const { index } = done.cell;
    // Leaving the rows that are shown shows the others.
    this.flow.show({ cursor: done.cell, ...(index < firstCell && { firstCell: 0 }), ...(index >= endCell && { endCell: 48 }) });
    if (done.week !== shown.schedule.week) {
      this.flow.editSchedule({ week: done.week });
      this.sayDays([done.cell.day]);
    }
    this.focusOn('week-cursor');
  }

  /** Tells what a stroke has made of a day. */
  private sayDays(days: readonly (typeof WEEKDAYS)[number][]): void {
    const { say, formats } = this.inWords();
    const [day] = days;
    const { shown } = this;
    if (day === undefined || shown === null) return;
    const name = dayName({ formats }, day);
    const hours =
      shown.schedule.week[day].map((block) => hoursText({ say, formats }, block)).join(commaOf(formats.locale)) || say('closed');
    this.flow.show({ said: days.length === 1 ? say('painted', { day: name, hours }) : say('paintedDays', { count: days.length }) });
  }

  private draw(): void {
    if (!this.isRunning) return;
    const { state } = this.flow;
    const { say, formats } = this.inWords();
    const { shown } = this;
    if (shown === null || state.status === 'failed') {
      const isEmpty = state.status === 'ready';
      return render(<NoSettings failure={state.failure} isEmpty={isEmpty} say={say} retry={this.actions.retry} />, this.root);
    }
    const issues = { ...this.visibleIssues(state), ...state.refused };
    const errorOf: SettingsTools['errorOf'] = (id) => {
      const issue = issues[id];
      return issue === undefined ? null : say(issue.say, issue.values);
    };
    const wrong = state.isChecked ? Object.keys(issues).filter((id) => id !== '').length : 0;
    render(
      <AvailabilityView
        state={state}
        shown={shown}
        say={say}
        formats={formats}
        actions={this.actions}
        nowMs={Date.now()}
        errorOf={errorOf}
        wrong={wrong}
      />,
      this.root,
    );
    const wanted = this.focusId === null ? null : this.root.querySelector<HTMLElement>(`#${this.focusId}`);
    if (wanted === null) return;
    this.focusId = null;
    wanted.focus();
  }

  private visibleIssues({ draft, eventTypeId, touched, isChecked }: AvailabilityState) {
    const { shown } = this;
    if (draft === null || shown === null) return {};
    return Object.fromEntries(
      Object.entries(findIssues(draft, shown.scheduleId, eventTypeId)).filter(([id]) => isChecked || touched.has(id)),
    );
  }
}

const NO_WEEK = { monday: [], tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] };

function firstState(): AvailabilityState {
  const zone = detectZone();
  const today = dateIn(zone, Date.now());
  return {
    status: 'loading',
    failure: null,
    settings: null,
    draft: null,
    eventTypeId: '',
    section: 'week',
    saving: 'idle',
    saveFailure: null,
    refused: {},
    touched: new Set(),
    isChecked: false,
    cursor: { day: 'monday', index: 18 },
    firstCell: USUAL_CELLS.first,
    endCell: USUAL_CELLS.end,
    copyFrom: null,
    copyTo: [],
    month: today.slice(0, 7),
    dayCursor: today,
    special: null,
    otherLength: '',
    openZone: null,
    preview: { zone, month: null, date: null, starts: null, change: null, status: 'waiting' },
    calendars: NO_CALENDARS,
    sms: { phone: '', isTicked: false, status: 'open', issues: {} },
    said: '',
  };
}
