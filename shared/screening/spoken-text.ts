import { rewriteText, type Edit, type FoldedText } from './folded-text.ts';

/** Signs that were words: told apart from real ones because "at" and "dot" also mean themselves. */
export const SPOKEN_AT = '\ue000';
export const SPOKEN_DOT = '\ue001';

/**
 * The text as a listener writes it down: letters spelled apart are joined, "(at)" and "arroba" become `@`, a bare "at" becomes
 * SPOKEN_AT, "dot" becomes SPOKEN_DOT, "underscore" `_`. Only for detectors that know the difference.
 */
export function hearSpokenSigns(folded: FoldedText): FoldedText {
  let heard = rewriteText(folded, spelledApart(folded.text));
  for (const [pattern, by] of SIGNS) {
    heard = rewriteText(
      heard,
      Array.from(heard.text.matchAll(pattern), ({ index, 0: span }) => ({ from: index, to: index + span.length, by })),
    );
  }
  return heard;
}

const AT = 'at|arroba|arobase|arrobas|klammeraffe|ät|एट|ऐट|@';
const DOT = 'dot|punto|ponto|point|punkt|डॉट|डाट|\\.';
const WORD_BEFORE = String.raw`(?<=[\p{L}\p{M}\d_])`;

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/(?<=\b(?:g|hot|proton|i))[ -](?=(?:mail|cloud)\b)/gu, ''],
  [new RegExp(String.raw`\s{0,3}[[({<*_-]{1,2}\s{0,2}(?:${AT}|a)\s{0,2}[\])}>*_-]{1,2}\s{0,3}`, 'gu'), '@'],
  [new RegExp(String.raw`\s{0,3}[[({<*_]{1,2}\s{0,2}(?:${DOT})\s{0,2}[\])}>*_]{1,2}\s{0,3}`, 'gu'), SPOKEN_DOT],
  [new RegExp(String.raw`${WORD_BEFORE}-dot-(?=[a-z])`, 'gu'), '.'],
  [
    new RegExp(
      String.raw`${WORD_BEFORE}\s{1,3}(?:at the rate(?: of)?|at sign|arrobas?|arobase|klammeraffe|एट द रेट|ऐट द रेट)\s{1,3}(?=[\p{L}\d])`,
      'gu',
    ),
    '@',
  ],
  [new RegExp(String.raw`${WORD_BEFORE}(?:\s{1,3}(?:at|chez|et|एट|ऐट|@)\s{1,3}|@\s{1,2}|\s{1,2}@)(?=[\p{L}\d])`, 'gu'), SPOKEN_AT],
  [new RegExp(String.raw`${WORD_BEFORE}\s{1,3}(?:dot|punto|ponto|point|punkt|डॉट|डाट)\s{1,3}(?=[\p{L}\d])`, 'gu'), SPOKEN_DOT],
  [new RegExp(String.raw`${WORD_BEFORE}\s{1,2}\.\s{0,2}(?=[a-z]{2})`, 'gu'), SPOKEN_DOT],
  [
    new RegExp(
      String.raw`(?<=\b(?:gmail|yahoo|hotmail|outlook|icloud|proton))\.?\s(?=com\b)|(?<=\b(?:gmail|yahoo|hotmail|outlook|icloud))\.\s(?=c\b)`,
      'gu',
    ),
    SPOKEN_DOT,
  ],
  [new RegExp(String.raw`${WORD_BEFORE}\s{1,2}(?:underscore|guion bajo|underline|tiret bas|unterstrich)\s{1,2}(?=[\p{L}\d])`, 'gu'), '_'],
  [new RegExp(String.raw`${WORD_BEFORE}\s{0,3}(?:/|(?<=\s)(?:slash|barra|barre|schragstrich)(?=\s))\s{0,3}(?=[\p{L}\d@+])`, 'gu'), '/'],
  [/जीमेल/gu, 'gmail'],
  [/याहू/gu, 'yahoo'],
  [/हॉटमेल/gu, 'hotmail'],
  [/आउटलुक/gu, 'outlook'],
  [/(?<=\ue001\s?|\.)कॉम/gu, 'com'],
];

/** At least five single characters apart by the same sign: "j o h n @ g m a i l". Runs longer than 120 are cut and go on. */
function spelledApart(text: string): Edit[] {
  return Array.from(
    text.matchAll(/(?<![\p{L}\p{M}\d])[\p{L}\d@]([ _*|-])(?:[\p{L}\d@.]\1){3,120}[\p{L}\d@](?![\p{L}\p{M}\d])/gu),
    ({ index, 0: span, 1: sign }) => unspaced(span, index, sign ?? ' '),
  ).flat();
}

function unspaced(span: string, index: number, sign: string): Edit[] {
  if (!/\p{L}/u.test(span)) return [];
  return Array.from(span, (character, offset) => ({ from: index + offset, to: index + offset + 1, by: '', character }))
    .filter(({ character, from }) => character === sign && (from - index) % 2 === 1)
    .map(({ from, to, by }) => ({ from, to, by }));
}
