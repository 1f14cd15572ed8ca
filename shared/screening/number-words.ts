/** The digits a number word stands for, by its folded form: English, Spanish, Portuguese, French, German, Hindi (Devanagari and romanised). */
export function digitsOfWord(word: string): string | undefined {
  return WORDS.get(word) ?? germanPair(word);
}

/** True for "twenty", "vingt": takes the unit that follows it. */
export function isTens(word: string): boolean {
  return TENS_WORDS.has(word);
}

/** How often the next digit is said: "double five" is 55. */
export function repeatsOf(word: string): number {
  return word === 'double' ||
    word === 'doble' ||
    word === 'dobro' ||
    word === 'duplo' ||
    word === 'doppel' ||
    word === 'dabal' ||
    word === 'डबल'
    ? 2
    : word === 'triple' || word === 'triplo' || word === 'ट्रिपल'
      ? 3
      : 1;
}

const UNITS: readonly string[] = [
  'zero oh nought cero null shunya sunya shoonya शून्य ज़ीरो जीरो',
  'one uno una um uma un une eins ein ek एक वन',
  'two dos dois duas deux zwei zwo do दो टू',
  'three tres trois drei teen तीन थ्री',
  'four cuatro quatro quatre vier char chaar चार फोर',
  'five cinco cinq funf fuenf paanch panch पांच पाँच फाइव',
  'six seis six sechs chhe chhah chah che छह छः छे सिक्स',
  'seven siete sete sept sieben saat sat सात सेवन',
  'eight ocho oito huit acht aath aat आठ एट',
  'nine nueve nove neuf neun nau नौ नाइन',
];
const TEENS: readonly string[] = [
  'ten diez dez dix zehn das दस',
  'eleven once onze elf gyarah ग्यारह',
  'twelve doce doze douze zwolf barah बारह',
  'thirteen trece treze treize dreizehn',
  'fourteen catorce catorze quatorze vierzehn',
  'fifteen quince quinze funfzehn',
  'sixteen dieciseis dezesseis dezasseis seize sechzehn',
  'seventeen diecisiete dezessete dezassete siebzehn',
  'eighteen dieciocho dezoito achtzehn',
  'nineteen diecinueve dezenove dezanove neunzehn',
];
const TENS: readonly string[] = [
  'twenty veinte vinte vingt zwanzig bees',
  'thirty treinta trinta trente dreissig tees',
  'forty cuarenta quarenta quarante vierzig chalis',
  'fifty cincuenta cinquenta cinquante funfzig pachas',
  'sixty sesenta sessenta soixante sechzig',
  'seventy setenta septante siebzig',
  'eighty ochenta oitenta huitante octante achtzig',
  'ninety noventa nonante neunzig',
];
const VEINTI = [
  'veintiuno',
  'veintidos',
  'veintitres',
  'veinticuatro',
  'veinticinco',
  'veintiseis',
  'veintisiete',
  'veintiocho',
  'veintinueve',
];

const WORDS: ReadonlyMap<string, string> = new Map([
  ...rows(UNITS, (index) => String(index)),
  ...rows(TEENS, (index) => String(10 + index)),
  ...rows(TENS, (index) => String(20 + 10 * index)),
  ...rows(VEINTI, (index) => String(21 + index)),
]);
const TENS_WORDS: ReadonlySet<string> = new Set(rows(TENS, () => '').map(([word]) => word));

function rows(words: readonly string[], digits: (index: number) => string): [string, string][] {
  return words.flatMap((row, index) => row.split(' ').map((word): [string, string] => [word.normalize('NFKC'), digits(index)]));
}

/** "vierunddreissig" says the unit first. */
function germanPair(word: string): string | undefined {
  const match = /^(ein|zwei|drei|vier|funf|sechs|sieben|acht|neun)und(\p{L}{6,8})$/u.exec(word);
  const unit = match === null ? undefined : match[1] === 'ein' ? '1' : WORDS.get(match[1] ?? '');
  const tens = match !== null && TENS_WORDS.has(match[2] ?? '') ? WORDS.get(match[2] ?? '') : undefined;
  return unit !== undefined && tens !== undefined ? String(Number(tens) + Number(unit)) : undefined;
}
