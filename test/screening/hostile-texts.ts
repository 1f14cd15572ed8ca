/** Texts made to be slow: each repeats a beginning that a careless pattern tries again from every place. `length` is in UTF-16 units. */
export function hostileTexts(length: number): ReadonlyMap<string, string> {
  return new Map(Object.entries(PIECES).map(([name, piece]) => [name, piece.repeat(Math.ceil(length / piece.length)).slice(0, length)]));
}

const PIECES: Readonly<Record<string, string>> = {
  letters: 'a',
  digits: '7',
  'digits apart': '7 1 4 ',
  'at signs': '@',
  'local parts': 'a.b-c_',
  'addresses without end': 'a@a.',
  labels: 'aa.bb.',
  schemes: 'http://',
  'paths without end': 'x.com/',
  spaces: ' ',
  'letters apart': 'a b c ',
  'spoken signs': 'a at b dot ',
  'number words': 'seven two one ',
  'French tens': 'quatre vingt dix ',
  platforms: 'telegram is my id ',
  cues: 'call whatsapp order 55 ',
  slashes: 'a dot me slash ',
  'mailbox names': 'my gmail is anna_b.c1 ',
  'signs and letters': 'a@\ufdfa',
  'private signs': '\ue000\ue001a',
  'boxed digits': '1\ufe0f\u20e3',
  brackets: '([{<',
  'numbers to dial': '+1 415 867 5309 ',
  backticks: '`a',
  'zero width': 'a\u200b',
  'letters to fold': 'ﷺаé',
  'IBAN alike': 'de89 3704 ',
  dates: '2026-08-07T10:00 ',
  money: '$1,000 ',
  hex: '0xdeadbeef 1f',
  Devanagari: 'एक दो ',
};
