type Rgb = readonly [number, number, number];

const LIGHT: Rgb = [255, 255, 255];
const DARK: Rgb = [23, 25, 30];
const INK: Rgb = [16, 18, 22];
/** WCAG 2.2 AA for text, with a little room for the tinted surfaces it also stands on. */
const CONTRAST = 5.2;

/**
 * The custom properties for a tenant's brand colour (`#rgb` or `#rrggbb`), moved towards black or white until text in it can be read on a
 * light and on a dark background. Something that is not a colour gives none, and the built-in colours stay.
 */
export function brandColors(color: string | null | undefined): Record<string, string> {
  const rgb = parse(color ?? '');
  if (rgb === null) return {};
  const onLight = readable(rgb, LIGHT, INK);
  const onDark = readable(rgb, DARK, LIGHT);
  return {
    '--brand-on-light': text(onLight),
    '--brand-on-dark': text(onDark),
    '--brand-ink-on-light': text(inkOn(onLight)),
    '--brand-ink-on-dark': text(inkOn(onDark)),
  };
}

function parse(color: string): Rgb | null {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(color)?.[1];
  if (hex === undefined) return null;
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as unknown as Rgb;
}

function readable(color: Rgb, background: Rgb, towards: Rgb): Rgb {
  let moved = color;
  for (let part = 0; part <= 1 && contrast(moved, background) < CONTRAST; part += 0.05) {
    moved = color.map((value, index) => Math.round(value + (towards[index]! - value) * part)) as unknown as Rgb;
  }
  return moved;
}

function inkOn(color: Rgb): Rgb {
  return contrast(color, LIGHT) >= 4.5 ? LIGHT : INK;
}

function contrast(one: Rgb, other: Rgb): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) =>
    value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function text(color: Rgb): string {
  return `rgb(${color.join(' ')})`;
}
