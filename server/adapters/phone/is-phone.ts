import { isPossiblePhoneNumber, isValidPhoneNumber, type CountryCode } from 'libphonenumber-js';

/** Where the people of a marketplace mostly live; a number without a plus sign is tried in each. */
const COUNTRIES: readonly CountryCode[] = ['US', 'GB', 'IN', 'DE', 'FR', 'ES', 'BR', 'PT', 'MX', 'PK', 'BD', 'PH', 'NG', 'UA', 'AU'];

/**
 * True when a number as people write it can be dialled: with a plus sign when its length fits its country (E.164), without one when
 * it is valid in one of the usual countries. Anything else, letters and the empty text included, is false; never throws.
 */
export function isPhone(candidate: string): boolean {
  const written = candidate.trim().replace(/[^\d+()./ -]/gu, ' ');
  if (written.startsWith('+')) return isPossiblePhoneNumber(written);
  return COUNTRIES.some((country) => isValidPhoneNumber(written, country));
}
