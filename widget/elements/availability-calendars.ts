import type { Connection, ConnectionAccess, ConnectionChange } from '../../shared/contract/connection.ts';
import type { HostClient } from '../api/host-client.ts';
import type { Failure, Result } from '../api/result.ts';
import { connectIssuesOf, findConnectIssues, troubleOf, wholeAddress } from '../flow/availability/connect-issues.ts';
import {
  type Calendars,
  type Connectable,
  type ConnectForm,
  type ConsentProvider,
  hasConsentPage,
  newConnectForm,
} from '../flow/availability/connections.ts';
import type { AvailabilityState } from '../flow/availability/state.ts';

const LOOK_AGAIN_MS = 4000;
/** After this the provider's page leads nowhere any more. */
const CONSENT_LASTS_MS = 15 * 60_000;

/** What the settings around lend. */
export interface CalendarsHost {
  readonly client: HostClient;
  readonly state: () => AvailabilityState;
  readonly show: (change: Partial<Calendars>) => void;
  readonly changed: () => void;
  readonly report: (failure: Failure) => void;
  readonly focusOn: (id: string) => void;
}

/** Connects a host's outside calendars and changes what of them blocks. Each change counts at once; it is not part of the draft. */
export class AvailabilityCalendars {
  private readonly around: CalendarsHost;
  /** As the server last said it, without the changes that are still on their way. */
  private kept: readonly Connection[] = [];
  /** What was changed and is not answered yet, oldest first. */
  private wishes: readonly Wish[] = [];
  /** The last change of each connection, by its id. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private waiting = new AbortController();

  constructor(around: CalendarsHost) {
    this.around = around;
  }

  async load(): Promise<void> {
    const { hostId } = this;
    const answer = await this.around.client.connections(hostId);
    if (hostId !== this.hostId) return;
    if (answer.ok) this.keep(answer.value, { status: 'ready' });
    else if (answer.code === 'not_found' || answer.code === 'forbidden') this.around.show({ status: 'absent' });
    else this.around.report(answer);
  }

  /** Waits for nobody any more. */
  stop(): void {
    this.waiting.abort();
  }

  /** Opens the form for one kind of calendar, and asks for the way to the provider's own page where there is one. */
  readonly open = (provider: Connectable, access: ConnectionAccess = 'busy'): void => {
    this.stop();
    this.put(newConnectForm(provider, access));
    this.around.focusOn('connect-title');
    if (hasConsentPage(provider)) void this.askConsent(provider, access);
  };

  readonly close = (): void => {
    this.stop();
    const { form } = this.around.state().calendars;
    this.around.show({ form: null, trouble: null });
    if (form !== null) this.around.focusOn(`connect-${form.provider}`);
  };

  readonly askFor = (access: ConnectionAccess): void => {
    const { form } = this.around.state().calendars;
    if (form === null || !hasConsentPage(form.provider)) return;
    this.put({ ...form, access, consentUrl: null });
    void this.askConsent(form.provider, access);
  };

  /** The host has gone to the provider's page, in another tab: whenever this one is looked at again, the calendar may be there. */
  readonly goAway = (): void => {
    const { form, list } = this.around.state().calendars;
    if (form === null) return;
    this.put({ ...form, isAway: true });
    this.stop();
    this.waiting = new AbortController();
    const { signal } = this.waiting;
    const before = new Map(list.map(({ id, updatedAt }) => [id, updatedAt]));
    const look = async () => {
      if (document.visibilityState !== 'visible') return;
      await this.load();
      if (signal.aborted) return;
      const now = this.around.state().calendars.list;
      const made = now.find(({ id, provider, updatedAt }) => provider === form.provider && before.get(id) !== updatedAt);
      if (made === undefined) return;
      this.connected();
      // It is read for the first time just now.
      if (made.status !== 'ok' || made.checkedAt === null) setTimeout(() => void this.load(), LOOK_AGAIN_MS);
    };
    document.addEventListener('visibilitychange', () => void look(), { signal });
    addEventListener('focus', () => void look(), { signal });
    // Where the other tab is a window beside this one, nothing tells that the host is done there.
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS);
    signal.addEventListener('abort', () => clearInterval(timer));
    setTimeout(() => this.waiting.signal === signal && this.stop(), CONSENT_LASTS_MS);
  };

  /** Connects with what was typed; the server tries it at once. */
  readonly connect = async (form: ConnectForm): Promise<void> => {
    const { client, report } = this.around;
    const { provider, username, password } = form;
    if (form.isBusy || hasConsentPage(provider)) return;
    const missing = findConnectIssues(form);
    if (Object.keys(missing).length > 0) return this.point({ ...form, issues: missing });
    const url = wholeAddress(form.url);
    this.put({ ...form, url, isBusy: true, issues: {} });
    /** The form as it is now; null once it was left, or is for something else. */
    const open = () => {
      const now = this.around.state().calendars.form;
      return now?.provider === provider && now.isBusy ? now : null;
    };
    const answer = await client.connect(
      this.hostId,
      provider === 'ics' ? { provider, url } : { provider, url, username: username.trim(), password },
    );
    if (answer.ok) {
      await this.load();
      return open() === null ? undefined : this.connected();
    }
    const issues = connectIssuesOf(answer);
    const typed = open();
    if (typed === null) return report(answer);
    this.point({ ...typed, isBusy: false, issues });
    if (Object.keys(issues).length === 0) this.around.show({ trouble: troubleOf(answer) });
    report(answer);
  };

  /** Shown as wanted at once, and as it was where the server refuses. One after the other, so that the last wish arrives last. */
  readonly change = async (id: string, change: ConnectionChange): Promise<void> => {
    const wish = { id, change };
    this.wishes = [...this.wishes, wish];
    this.keep(this.kept);
    const turn = (this.turns.get(id) ?? Promise.resolve()).then(async () =>
      this.run(id, this.around.client.changeConnection(id, change), wish),
    );
    this.turns.set(id, turn);
    await turn;
    // A host's bookings go to one calendar, so another connection may have lost them.
    if (change.writeCalendarId != null) await this.load();
  };

  readonly read = async (id: string): Promise<void> => {
    await this.run(id, this.around.client.syncConnection(id));
  };

  readonly disconnect = async (id: string): Promise<void> => {
    await this.run(id, this.around.client.disconnect(id));
    await this.load();
    this.around.focusOn('section-title');
  };

  private get hostId(): string {
    return this.around.state().settings?.host.id ?? '';
  }

  private put(form: ConnectForm): void {
    this.around.show({ form, trouble: null });
  }

  private point(form: ConnectForm): void {
    this.put(form);
    const [first] = Object.keys(form.issues);
    if (first !== undefined) this.around.focusOn(first);
  }

  private connected(): void {
    this.stop();
    this.around.show({ form: null, trouble: null });
    this.around.focusOn('section-title');
    this.around.changed();
  }

  private async askConsent(provider: ConsentProvider, access: ConnectionAccess): Promise<void> {
    const answer = await this.around.client.authorize(this.hostId, provider, { access });
    const { form } = this.around.state().calendars;
    // Something else may have been asked for meanwhile.
    if (form?.provider !== provider || form.access !== access) return;
    if (answer.ok) return this.put({ ...form, consentUrl: answer.value.url });
    this.around.show({ trouble: answer.code === 'not_found' ? { say: 'notSetUp' } : troubleOf(answer) });
    this.around.report(answer);
  }

  /** What the server answers is what is shown, with what was changed since. */
  private async run(id: string, call: Promise<Result<Connection | null>>, wish?: Wish): Promise<void> {
    const { show, report, changed } = this.around;
    show({ busyId: id, trouble: null, askedId: null });
    const answer = await call;
    this.wishes = this.wishes.filter((each) => each !== wish);
    if (!answer.ok) {
      this.keep(this.kept, { busyId: null, trouble: troubleOf(answer) });
      return report(answer);
    }
    const { value } = answer;
    this.keep(value === null ? this.kept : this.kept.map((each) => (each.id === id ? value : each)), { busyId: null });
    changed();
  }

  private keep(kept: readonly Connection[], also: Partial<Calendars> = {}): void {
    this.kept = kept;
    const wished = (connection: Connection) =>
      this.wishes.reduce((shown, { id, change }) => (id === connection.id ? changedBy(shown, change) : shown), connection);
    this.around.show({ ...also, list: kept.map(wished) });
  }
}

interface Wish {
  readonly id: string;
  readonly change: ConnectionChange;
}

function changedBy(connection: Connection, { calendars, treatAsBusy, failureMode, writeCalendarId }: ConnectionChange): Connection {
  const blocks = new Map((calendars ?? []).map((each) => [each.id, each.blocks]));
  return {
    ...connection,
    calendars: connection.calendars.map((each) => ({ ...each, blocks: blocks.get(each.id) ?? each.blocks })),
    treatAsBusy: { ...connection.treatAsBusy, ...treatAsBusy },
    failureMode: failureMode ?? connection.failureMode,
    ...(writeCalendarId !== undefined && { writeCalendarId }),
  };
}
