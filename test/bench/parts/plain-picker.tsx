import { render } from 'preact';

interface Answer {
  readonly days: readonly { readonly date: string; readonly slots: readonly { readonly start: string }[] }[];
}

/** The least that can be called a picker: it asks for the times and lists them, without styles, languages, zones, states or keyboard. */
async function show(root: HTMLElement): Promise<void> {
  const { days } = (await (await fetch(root.dataset['slots'] ?? '')).json()) as Answer;
  render(
    <>
      {days.map(({ date, slots }) => (
        <section>
          <h3>{date}</h3>
          {slots.map(({ start }) => (
            <button>{start.slice(11, 16)}</button>
          ))}
        </section>
      ))}
    </>,
    root,
  );
}

for (const root of document.querySelectorAll<HTMLElement>('[data-slots]')) void show(root);
