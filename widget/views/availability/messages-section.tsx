import type { ReminderDraft } from '../../flow/availability/draft.ts';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { SettingsIcon } from '../../parts/settings-icon.tsx';
import { AmountField } from './number-field.tsx';
import type { SettingsTools } from './settings-tools.ts';
import { SmsBox } from './sms-box.tsx';

const CHANNEL_TEXT = { email: 'channelEmail', sms: 'channelSms', webhook: 'channelWebhook' } as const;
const TO_TEXT = { all: 'toAll', invitee: 'toInvitee', host: 'toHost', guests: 'toGuests' } as const;
const MOST_REMINDERS = 10;

/** The host's own line, the reminders, and the consent to text messages. */
export function MessagesSection(tools: SettingsTools) {
  const { shown, say, actions, errorOf } = tools;
  const { message, reminders } = shown.rules;
  const change = (list: readonly ReminderDraft[]) => actions.editRules({ reminders: list });
  return (
    <>
      <Field id="message" label={say('message')} aside={say('optional')} help={say('messageHelp')} error={errorOf('message')}>
        {(control) => (
          <textarea
            {...control}
            rows={3}
            maxlength={1000}
            value={message}
            onInput={(event) => actions.editRules({ message: event.currentTarget.value })}
          />
        )}
      </Field>
      <fieldset class="group">
        <legend>{say('reminders')}</legend>
        <p class="help">{reminders.length === 0 ? say('noReminders') : say('remindersHelp')}</p>
        {reminders.map((reminder, index) => (
          <ReminderRow
            key={index}
            index={index}
            reminder={reminder}
            tools={tools}
            onChange={(next) =>
              change(
                next === null ? reminders.filter((_, each) => each !== index) : reminders.map((old, each) => (each === index ? next : old)),
              )
            }
          />
        ))}
        <button
          type="button"
          class="secondary with-icon"
          id="add-reminder"
          aria-disabled={reminders.length >= MOST_REMINDERS}
          onClick={() => {
            if (reminders.length >= MOST_REMINDERS) return;
            change([...reminders, { before: { count: '1', unit: 'hours' }, channel: 'email', to: 'all' }]);
            actions.focusOn(`reminder-${reminders.length}`);
          }}
        >
          <SettingsIcon name="add" /> {say('addReminder')}
        </button>
      </fieldset>
      <SmsBox {...tools} />
    </>
  );
}

function ReminderRow(props: {
  readonly index: number;
  readonly reminder: ReminderDraft;
  readonly tools: SettingsTools;
  readonly onChange: (reminder: ReminderDraft | null) => void;
}) {
  const { index, reminder, tools, onChange } = props;
  const { say, actions } = tools;
  const id = `reminder-${index}`;
  return (
    <div class="reminder" role="group" aria-label={say('reminderNumber', { count: index + 1 })}>
      <AmountField
        id={id}
        label={say('before')}
        value={reminder.before}
        tools={tools}
        onChange={(before) => onChange({ ...reminder, before })}
      />
      <Field id={`${id}-channel`} label={say('channel')}>
        {(control) => (
          <select
            {...control}
            value={reminder.channel}
            onChange={(event) => onChange({ ...reminder, channel: event.currentTarget.value as ReminderDraft['channel'] })}
          >
            {(['email', 'sms', 'webhook'] as const).map((channel) => (
              <option key={channel} value={channel}>
                {say(CHANNEL_TEXT[channel])}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id={`${id}-to`} label={say('toWhom')}>
        {(control) => (
          <select
            {...control}
            value={reminder.to}
            onChange={(event) => onChange({ ...reminder, to: event.currentTarget.value as ReminderDraft['to'] })}
          >
            {(['all', 'invitee', 'host', 'guests'] as const).map((to) => (
              <option key={to} value={to}>
                {say(TO_TEXT[to])}
              </option>
            ))}
          </select>
        )}
      </Field>
      <button
        type="button"
        class="round"
        aria-label={say('removeReminder', { count: index + 1 })}
        onClick={() => {
          onChange(null);
          actions.focusOn('add-reminder');
        }}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
