import type { AcknowledgementRule } from '../../../shared/contract/notice.ts';
import type { LocalisedText, Role, Stage } from '../../../shared/contract/common.ts';

/** What one version of a notice says and whom it binds. Never changed once published. */
export interface NoticeContent {
  readonly placements: readonly string[];
  readonly stages: readonly Stage[];
  readonly roles: readonly Role[];
  readonly severity: 'info' | 'warning';
  readonly acknowledgement: AcknowledgementRule;
  readonly text: LocalisedText;
  readonly label: LocalisedText;
  readonly fallback: LocalisedText | null;
}

/**
 * The text in the reader's language: the exact tag, its language without region, the tenant's language, English, else the first.
 * Never empty for a text that has at least one language.
 */
export function pickLocale(text: LocalisedText, wanted: readonly (string | null | undefined)[]): { locale: string; text: string } {
  const byLowerCase = new Map(Object.keys(text).map((locale) => [locale.toLowerCase(), locale]));
  for (const locale of [...wanted, 'en']) {
    if (locale == null) continue;
    const found = byLowerCase.get(locale.toLowerCase()) ?? byLowerCase.get(locale.toLowerCase().split('-')[0] ?? '');
    if (found !== undefined) return { locale: found, text: text[found] ?? '' };
  }
  const [first] = Object.keys(text);
  return { locale: first ?? 'en', text: first === undefined ? '' : (text[first] ?? '') };
}

/** The form of a text that is hashed: Unicode NFC, line ends LF, trimmed. */
export function normaliseNoticeText(text: string): string {
  return text.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim();
}
