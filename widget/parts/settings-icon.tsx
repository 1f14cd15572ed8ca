const PATHS = {
  week: 'M3 4h14v13H3zM3 8h14M7.7 8v9M12.3 8v9M7 2.5v3M13 2.5v3',
  days: 'M3 4h14v13H3zM3 8h14M7 2.5v3M13 2.5v3M8 11l4 3.5M12 11l-4 3.5',
  travel: 'M2.5 11.5l15-6.5-4.5 13-3.5-5zM9.5 13l8-8',
  rules: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 4.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6M8 12.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
  messages: 'M3 5h14v10H3zM3 5.5l7 5.5 7-5.5',
  calendars: 'M8 12l4-4M9 5.5l1.5-1.5a3.9 3.9 0 0 1 5.5 5.5L14.5 11M11 14.5l-1.5 1.5A3.9 3.9 0 0 1 4 10.5L5.5 9',
  add: 'M10 4v12M4 10h12',
  remove: 'M4.5 6h11M8 6V4h4v2M6 6l.7 10.5h6.6L14 6',
  copy: 'M7 7h10v10H7zM13 7V3H3v10h4',
  eye: 'M2 10c4-7 12-7 16 0-4 7-12 7-16 0M10 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5',
  edit: 'M4 16l1-4L14 3l3 3-9 9zM12 5l3 3',
} as const;

export type SettingsIconName = keyof typeof PATHS;

/** The drawings of the host's own settings, in the colour of the text around; the text says the same. */
export function SettingsIcon({ name }: { readonly name: SettingsIconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
