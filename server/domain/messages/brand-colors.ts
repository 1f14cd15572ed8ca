export interface BrandColors {
  readonly background: string;
  /** Black or white, whichever reads better on the background. */
  readonly text: string;
}

const NEUTRAL = '#1f2937';

/**
 * The colours of a button in the tenant's colour. A colour that is none gives the neutral one. The better of black and white always
 * reaches a contrast of 4.58 (WCAG 2.2, 1.4.3 asks for 4.5), so any brand colour gives a readable button.
 */
export function brandColors(color: string | null): BrandColors {
  const background = sixDigits(color) ?? NEUTRAL;
  const light = luminance(background);
  return { background, text: 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? '#ffffff' : '#000000' };
}

function sixDigits(color: string | null): string | null {
  if (color === null || !/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) return null;
  return color.length === 7 ? color.toLowerCase() : `#${Array.from(color.slice(1), (digit) => digit + digit).join('')}`.toLowerCase();
}

/** Relative luminance, 0 to 1 (WCAG 2.2, definitions). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
