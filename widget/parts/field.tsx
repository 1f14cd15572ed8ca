import type { ComponentChildren } from 'preact';

/** What a control inside a `Field` needs, so that label, help and error belong to it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
  readonly 'aria-required': 'true' | undefined;
  readonly class: string;
}

/** A labelled control with its help and its error. `id` must be unique within the shadow root. */
export function Field(props: {
  readonly id: string;
  readonly label: string;
  readonly aside?: string | null;
  readonly help?: string | null;
  readonly error?: string | null;
  readonly required?: boolean;
  readonly children: (control: ControlProps) => ComponentChildren;
}) {
  const { id, label, aside, help, error } = props;
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>
        {label}
        {aside ? <span class="muted"> ({aside})</span> : null}
      </label>
      {props.children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? 'true' : undefined,
        'aria-required': props.required ? 'true' : undefined,
        class: 'control',
      })}
      {help ? (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
      {error ? (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
