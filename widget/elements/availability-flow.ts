import type { Caller } from '../api/caller.ts';
import { hostClientOf, type HostClient } from '../api/host-client.ts';
import type { Failure } from '../api/result.ts';
import type { Told } from '../flow/effect.ts';
import type { Calendars } from '../flow/availability/connections.ts';
import { changesOf } from '../flow/availability/changes.ts';
import {
  draftOf,
  type HostSettings,
  type RulesDraft,
  rulesDraftOf,
  type ScheduleDraft,
  scheduleDraftOf,
} from '../flow/availability/draft.ts';
import { findIssues, type Issues } from '../flow/availability/find-issues.ts';
import { issuesOfAnswer } from '../flow/availability/issues-of-answer.ts';
import { sectionOf } from '../flow/availability/section-of.ts';
import { type AvailabilityState, type Preview, scheduleIdOf, shownOf } from '../flow/availability/state.ts';
import { visibleCells } from '../flow/availability/visible-cells.ts';
import { AvailabilityCalendars } from './availability-calendars.ts';
import { AvailabilityPreview } from './availability-preview.ts';

/** What the element around lends. */
export interface SettingsHost {
  readonly call: Caller;
  readonly locale: () => string;
  readonly wantedEventType: () => string | null;
  readonly draw: () => void;
  readonly focusOn: (id: string) => void;
  readonly tell: <name extends keyof Told>(name: name, detail: Told[name]) => void;
}

/** A host's settings without a screen: read, changed in a draft, compared, saved. Whatever fails, the draft stays. */
export class AvailabilityFlow {
  state: AvailabilityState;
  private readonly around: SettingsHost;
  private readonly client: HostClient;
  private readonly preview: AvailabilityPreview;
  readonly calendars: AvailabilityCalendars;
  private asked = 0;

  constructor(around: SettingsHost, first: AvailabilityState) {
    this.around = around;
    this.state = first;
    this.client = hostClientOf(around.call);
    this.calendars = new AvailabilityCalendars({
      client: this.client,
      state: () => this.state,
      show: this.showCalendars,
      changed: () => void this.preview.list(),
      report: (failure) => this.report(failure),
      focusOn: around.focusOn,
    });
    this.preview = new AvailabilityPreview({
      call: around.call,
      client: this.client,
      state: () => this.state,
      show: (change) => this.showPreview(change),
    });
  }

  /** Ends what is under way; what comes back later is dropped. */
  stop(): void {
    this.asked += 1;
    this.preview.reset();
    this.calendars.stop();
  }

  async load(): Promise<void> {
    const asked = ++this.asked;
    this.preview.reset();
    this.show({ status: 'loading', failure: null });
    const answer = await this.client.settings();
    if (asked !== this.asked) return;
    if (!answer.ok) return this.fail(answer);
    this.take(answer.value);
    if (this.state.eventTypeId === '') return;
    this.around.tell('ready', { eventTypeId: this.state.eventTypeId });
    await Promise.all([this.preview.list(), this.calendars.load()]);
  }

  readonly show = (change: Partial<AvailabilityState>): void => {
    this.state = { ...this.state, ...change };
    this.around.draw();
  };

  readonly showPreview = (change: Partial<Preview>): void => this.show({ preview: { ...this.state.preview, ...change } });

  readonly showCalendars = (change: Partial<Calendars>): void => this.show({ calendars: { ...this.state.calendars, ...change } });

  readonly chooseEventType = (eventTypeId: string): void => {
    this.preview.reset();
    this.show({ eventTypeId, special: null, copyFrom: null, refused: {}, preview: { ...this.state.preview, starts: null, change: null } });
    this.fitCells();
    void this.preview.list();
    this.preview.compare();
  };

  readonly editSchedule = (change: Partial<ScheduleDraft>): void => {
    const { draft } = this.state;
    const shown = shownOf(this.state);
    if (draft === null || shown === null) return;
    this.edit({ ...draft, schedules: { ...draft.schedules, [shown.scheduleId]: { ...shown.schedule, ...change } } }, Object.keys(change));
    this.fitCells();
  };

  readonly editRules = (change: Partial<RulesDraft>): void => {
    const { draft, eventTypeId } = this.state;
    const shown = shownOf(this.state);
    if (draft === null || shown === null) return;
    this.edit({ ...draft, rules: { ...draft.rules, [eventTypeId]: { ...shown.rules, ...change } } }, Object.keys(change));
  };

  readonly editHost = (maxMeetingsPerDay: string): void => {
    if (this.state.draft !== null) this.edit({ ...this.state.draft, maxMeetingsPerDay }, ['maxMeetingsPerDay']);
  };

  readonly discard = (): void => {
    const { settings } = this.state;
    if (settings === null || this.state.saving === 'busy') return;
    this.show({ ...CLEAN, draft: draftOf(settings) });
    this.preview.compare();
  };

  readonly save = async (): Promise<void> => {
    if (this.state.saving === 'busy' || this.isKeptBack()) return;
    const asked = ++this.asked;
    this.show({ saving: 'busy', saveFailure: null, refused: {} });
    const answer = await this.send();
    if (asked !== this.asked) return;
    if (answer !== null) return this.failToSave(answer);
    // Somebody may have begun with the next day off meanwhile.
    this.show({ ...CLEAN, saving: 'saved', special: this.state.special });
    this.preview.compare();
    await this.preview.list();
  };

  /** Takes what somebody else has saved meanwhile, and gives the draft up. */
  readonly loadTheirs = async (): Promise<void> => {
    this.show(CLEAN);
    await this.load();
  };

  /** Saves the draft over what somebody else has saved meanwhile. */
  readonly keepMine = async (): Promise<void> => {
    const asked = ++this.asked;
    this.show({ saving: 'busy' });
    const answer = await this.client.settings();
    if (asked !== this.asked) return;
    if (!answer.ok) return this.failToSave(answer);
    this.show({ settings: answer.value, saving: 'idle' });
    await this.save();
  };

  /** The sentence beside the box goes along word for word: it is what was agreed to. */
  readonly agreeToSms = async (text: string): Promise<void> => {
    const { sms } = this.state;
    const phone = sms.phone.replace(/[\s().-]/g, '');
    const issues: Issues = {
      ...(!/^\+[1-9]\d{6,14}$/.test(phone) && { 'sms-phone': { say: 'needPhone' as const } }),
      ...(!sms.isTicked && { 'sms-tick': { say: 'smsNeedsTick' as const } }),
    };
    const [first] = Object.keys(issues);
    this.show({ sms: { ...sms, issues, status: first === undefined ? 'busy' : 'open' } });
    if (first !== undefined) return this.around.focusOn(first);
    const answer = await this.client.agreeToSms({ phone, text, locale: this.around.locale() });
    const refused: Issues = answer.ok ? {} : { 'sms-phone': { say: answer.problem?.issues ? 'needPhone' : 'notSaved' } };
    this.show({ sms: { ...this.state.sms, status: answer.ok ? 'agreed' : 'open', issues: refused } });
    if (!answer.ok) this.report(answer);
  };

  /** Puts a new reading in place; the event type that was shown stays, if it is still there. */
  private take(settings: HostSettings): void {
    const wanted = [this.state.eventTypeId, this.around.wantedEventType()];
    const eventTypeId = settings.eventTypes.find(({ id }) => wanted.includes(id))?.id ?? settings.eventTypes[0]?.id ?? '';
    this.show({ status: 'ready', settings, draft: draftOf(settings), eventTypeId });
    this.fitCells();
    this.preview.compare();
  }

  private edit(draft: NonNullable<AvailabilityState['draft']>, fields: readonly string[]): void {
    const refused = Object.fromEntries(
      Object.entries(this.state.refused).filter(([id]) => !fields.some((field) => sectionOf(id) === sectionOf(field) || id === field)),
    );
    const saving = this.state.saving === 'busy' ? 'busy' : this.state.saving === 'conflict' ? 'conflict' : 'idle';
    this.show({ draft, refused, saving });
    this.preview.compare();
  }

  /** Rows once shown stay, so that nothing moves under the pointer. */
  private fitCells(): void {
    const week = shownOf(this.state)?.schedule.week;
    if (week === undefined) return;
    const { first, end } = visibleCells(week);
    const { firstCell, endCell } = this.state;
    if (first < firstCell || end > endCell) this.show({ firstCell: Math.min(first, firstCell), endCell: Math.max(end, endCell) });
  }

  /** Looks for what is wrong in everything that was changed, shows the first of it, and answers whether there was something. */
  private isKeptBack(): boolean {
    const { settings, draft, eventTypeId } = this.state;
    if (settings === null || draft === null) return true;
    const ids = [eventTypeId, ...settings.eventTypes.map(({ id }) => id)];
    for (const id of ids) {
      const [first] = Object.keys(findIssues(draft, scheduleIdOf(settings, id) ?? '', id));
      if (first === undefined) continue;
      if (id !== eventTypeId) this.chooseEventType(id);
      this.point(first);
      return true;
    }
    return false;
  }

  private point(id: string): void {
    const section = sectionOf(id) ?? this.state.section;
    this.show({ isChecked: true, section, special: null });
    this.around.focusOn(id);
  }

  /** Sends change after change; what was taken counts as saved even where a later one fails. */
  private async send(): Promise<Failure | null> {
    const { settings, draft } = this.state;
    if (settings === null || draft === null) return null;
    const changes = changesOf(settings, draft);
    for (const { id, body, seen } of changes.schedules) {
      const answer = await this.client.changeSchedule(id, body, seen);
      if (!answer.ok) return answer;
      const isSame = this.state.draft?.schedules[id] === draft.schedules[id];
      this.settle({ schedules: replaced(this.state.settings?.schedules, answer.value) });
      if (isSame) this.keepDraft({ schedules: { [id]: scheduleDraftOf(answer.value) } });
    }
    for (const { id, body, seen } of changes.eventTypes) {
      const answer = await this.client.changeEventType(id, body, seen);
      if (!answer.ok) return answer;
      const isSame = this.state.draft?.rules[id] === draft.rules[id];
      this.settle({ eventTypes: replaced(this.state.settings?.eventTypes, answer.value) });
      if (isSame) this.keepDraft({ rules: { [id]: rulesDraftOf(answer.value) } });
    }
    if (changes.host !== null) {
      const answer = await this.client.changeHost(changes.host.id, changes.host.body, changes.host.seen);
      if (!answer.ok) return answer;
      this.settle({ host: answer.value });
    }
    this.around.tell('availability-changed', {
      hostId: settings.host.id,
      scheduleIds: changes.schedules.map(({ id }) => id),
      eventTypeIds: changes.eventTypes.map(({ id }) => id),
    });
    return null;
  }

  private settle(change: Partial<HostSettings>): void {
    if (this.state.settings !== null) this.state = { ...this.state, settings: { ...this.state.settings, ...change } };
  }

  private keepDraft({
    schedules = {},
    rules = {},
  }: {
    schedules?: Record<string, ScheduleDraft>;
    rules?: Record<string, RulesDraft>;
  }): void {
    const { draft } = this.state;
    if (draft === null) return;
    this.state = {
      ...this.state,
      draft: { ...draft, schedules: { ...draft.schedules, ...schedules }, rules: { ...draft.rules, ...rules } },
    };
  }

  private fail(failure: Failure): void {
    this.show({ status: 'failed', failure });
    this.report(failure);
  }

  private failToSave(failure: Failure): void {
    const refused = issuesOfAnswer(failure.problem, shownOf(this.state)?.schedule.week ?? null);
    this.show({ saving: failure.code === 'conflict' ? 'conflict' : 'failed', saveFailure: failure, refused });
    const [first] = Object.keys(refused);
    if (first !== undefined && first !== '') this.point(first);
    this.report(failure);
  }

  private report(failure: Failure): void {
    if (failure.code === 'token_expired') this.around.tell('token-expired', {});
    else this.around.tell('error', { code: failure.code });
  }
}

const CLEAN = { saving: 'idle', saveFailure: null, refused: {}, touched: new Set<string>(), isChecked: false, special: null } as const;

function replaced<Item extends { readonly id: string }>(items: readonly Item[] = [], item: Item): Item[] {
  return items.map((old) => (old.id === item.id ? item : old));
}
