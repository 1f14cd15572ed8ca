const PATHS = {
  clock: 'M10 5v5l3 2M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16',
  globe: 'M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16M2 10h16M10 2c5 5 5 11 0 16-5-5-5-11 0-16',
  chat: 'M3 4h14v10H9l-4 3v-3H3z',
  video: 'M2 5h11v10H2zM13 9l5-3v8l-5-3',
  phone: 'M6 2l2 4-2 2c1 3 3 5 6 6l2-2 4 2c0 3-2 4-4 4C8 17 3 12 2 6c0-2 1-4 4-4z',
  pin: 'M10 18c-4-5-6-7-6-10a6 6 0 0 1 12 0c0 3-2 5-6 10zM10 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  check: 'M4 10.5l4 4 8-9',
  close: 'M5 5l10 10M15 5L5 15',
  left: 'M12.5 4l-6 6 6 6',
  right: 'M7.5 4l6 6-6 6',
  down: 'M5 8l5 5 5-5',
  info: 'M10 9v5M10 6v.01M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16',
  warning: 'M10 3l8 14H2zM10 8v4M10 14.5v.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing in the colour of the text around it; hidden from screen readers, because the text says the same. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
