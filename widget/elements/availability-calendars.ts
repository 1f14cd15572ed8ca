import type { HostClient } from '../api/host-client.ts';
import type { Failure, Result } from '../api/result.ts';
import type { Calendars, ConnectForm, Connection, ConnectionChange } from '../flow/availability/connections.ts';
import type { AvailabilityState } from '../flow/availability/state.ts';

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

  constructor(around: CalendarsHost) {
    this.around = around;
  }

  async load(): Promise<void> {
    const answer = await this.around.client.connections(this.hostId);
    if (answer.ok) this.around.show({ status: 'ready', list: answer.value });
    else if (answer.code === 'not_found' || answer.code === 'forbidden') this.around.show({ status: 'absent' });
    else this.around.report(answer);
  }

  /** Goes to the provider's own page, or connects with what was typed. */
  readonly connect = async (form: ConnectForm): Promise<void> => {
    const { client, show, report, focusOn } = this.around;
    const { provider, url, username, password, isWriting } = form;
    if (form.isBusy) return;
    show({ form: { ...form, isBusy: true, issues: {} }, hasFailed: false });
    if (provider === 'google' || provider === 'microsoft') {
      const answer = await client.authorize(this.hostId, provider, { access: isWriting ? 'writeOwnCalendar' : 'busy' });
      if (answer.ok) return location.assign(answer.value.url);
      show({ form: { ...form, isBusy: false }, hasFailed: true });
      return report(answer);
    }
    const body = provider === 'ics' ? { provider, url: url.trim() } : { provider, url: url.trim(), username, password };
    const answer = await client.connect(this.hostId, body);
    if (answer.ok) {
      show({ form: null });
      focusOn('section-title');
      this.around.changed();
      return this.load();
    }
    show({ form: { ...form, isBusy: false, issues: { 'connect-url': { say: 'connectionFailed' } } } });
    focusOn('connect-url');
    report(answer);
  };

  readonly change = (id: string, change: ConnectionChange): Promise<void> => this.run(id, this.around.client.changeConnection(id, change));

  readonly read = (id: string): Promise<void> => this.run(id, this.around.client.syncConnection(id));

  readonly disconnect = async (id: string): Promise<void> => {
    await this.run(id, this.around.client.disconnect(id));
    await this.load();
  };

  private get hostId(): string {
    return this.around.state().settings?.host.id ?? '';
  }

  /** One change at a time; what the server answers is what is shown. */
  private async run(id: string, call: Promise<Result<Connection | null>>): Promise<void> {
    const { show, state, report, changed } = this.around;
    show({ busyId: id, hasFailed: false, askedId: null });
    const answer = await call;
    const { list } = state().calendars;
    if (!answer.ok) {
      show({ busyId: null, hasFailed: true });
      return report(answer);
    }
    const { value } = answer;
    show({ busyId: null, list: value === null ? list : list.map((each) => (each.id === id ? value : each)) });
    changed();
  }
}
