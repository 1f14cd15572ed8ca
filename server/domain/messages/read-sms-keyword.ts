export type SmsKeyword = 'stop' | 'start' | 'help';

// The words carriers and the CTIA handbook name, and those of the languages we write in, folded as in `fold`.
const WORDS: Readonly<Record<SmsKeyword, string>> = {
  stop:
    'stop|stopall|stop all|unsubscribe|cancel|end|quit|optout|opt out|opt-out|revoke|' +
    'alto|parar|pare|baja|sair|arret|arreter|stopp|abmelden|basta|koniec|dur|iptal|توقف|ايقاف|إيقاف|रोकें|बंद|停止|ストップ',
  start: 'start|unstop|subscribe|resume|yes|ابدا|ابدأ|शुरू|再開|スタート',
  help: 'help|info|ayuda|ajuda|aide|hilfe|aiuto|pomoc|yardim|مساعدة|मदद|ヘルプ',
};

/**
 * What a text message from a person asks for, or `null` for anything else. The whole message must be the word, as carriers have it:
 * "please stop by at 3" is no opt-out. Case, accents, full stops and exclamation marks do not matter. Where words overlap, stop wins.
 */
export function readSmsKeyword(text: string): SmsKeyword | null {
  if (text.length > 100) return null;
  const word = fold(text);
  for (const keyword of ['stop', 'start', 'help'] as const) {
    if (WORDS[keyword].split('|').some((candidate) => fold(candidate) === word)) return keyword;
  }
  return null;
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[.!"'\u200b-\u200f\u2066-\u2069]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .replaceAll('ı', 'i');
}
