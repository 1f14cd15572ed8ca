export interface SmsSegments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Septets for GSM-7, UTF-16 units for UCS-2. */
  readonly units: number;
  /** What is billed; 0 for an empty text. */
  readonly segments: number;
}

// 3GPP TS 23.038, 6.2.1: the default alphabet, and the signs that take two septets.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENDED = new Set('\f^{}\\[~]|€');

/**
 * How many SMS a text costs. GSM-7 holds 160 septets in one part and 153 in each of several; one sign outside its alphabet turns the
 * whole text into UCS-2 with 70 and 67 units. A two-unit sign is never split over two parts (3GPP TS 23.040, 9.2.3.24).
 */
export function countSmsSegments(text: string): SmsSegments {
  const characters = Array.from(text);
  const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const sizes = characters.map((character) => (isGsm ? (EXTENDED.has(character) ? 2 : 1) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [single, part] = isGsm ? [160, 153] : [70, 67];
  return { encoding: isGsm ? 'GSM-7' : 'UCS-2', units, segments: units === 0 ? 0 : units <= single ? 1 : partsOf(sizes, part) };
}

function partsOf(sizes: readonly number[], capacity: number): number {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
