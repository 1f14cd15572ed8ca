/** True for an ISBN-10 or ISBN-13 (ISO 2108) whose check digit is right; spaces and hyphens are ignored. */
export function isIsbn(candidate: string): boolean {
  const digits = candidate.replace(/[\s-]/gu, '');
  if (/^97[89]\d{10}$/u.test(digits)) {
    return Array.from(digits, (digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 3)).reduce(sum) % 10 === 0;
  }
  if (!/^\d{9}[\dx]$/u.test(digits)) return false;
  return Array.from(digits, (digit, index) => (digit === 'x' ? 10 : Number(digit)) * (10 - index)).reduce(sum) % 11 === 0;
}

/** True for an IBAN (ISO 13616) in lower case with the right check digits (ISO 7064 mod 97-10); spaces are ignored. */
export function isIban(candidate: string): boolean {
  const compact = candidate.replace(/ /gu, '');
  if (!/^[a-z]{2}\d{2}[a-z0-9]{11,30}$/u.test(compact)) return false;
  const numeric = Array.from(compact.slice(4) + compact.slice(0, 4), (letter) => String(Number.parseInt(letter, 36))).join('');
  return Array.from(numeric).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

function sum(left: number, right: number): number {
  return left + right;
}
