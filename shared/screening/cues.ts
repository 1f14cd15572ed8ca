import { foldText } from './folded-text.ts';

/** How far a cue reaches, in folded characters, before and after a number. */
const REACH_BEFORE = 56;
const REACH_AFTER = 28;
const WORD = /[\p{L}\p{M}]+/gu;

/**
 * What the words around `[start, end)` say it is: `phone` when the nearest telling word is a cue ("call", "whatsapp"),
 * `other` when it is an anti-cue ("order", "invoice") or a unit follows ("rows", "bytes"), else `unknown`. The word just before
 * wins over the ones farther off, so that "call me about order 98765432" is an order.
 */
export function judgeByCues(text: string, start: number, end: number): 'phone' | 'other' | 'unknown' {
  const after = text.slice(end, end + REACH_AFTER).match(WORD) ?? [];
  if (UNITS.has(after[0] ?? '') && /^\s{0,2}[\p{L}]/u.test(text.slice(end, end + 3))) return 'other';
  const before = text.slice(Math.max(0, start - REACH_BEFORE), start);
  const words = (before.match(WORD) ?? []).toReversed();
  for (const [distance, word] of words.entries()) {
    if (NUMBER_NOUNS.has(word) && OTHER_CUES.has(words[distance + 1] ?? '')) return 'other';
    if (PHONE_CUES.has(word)) return 'phone';
    if (OTHER_CUES.has(word)) return 'other';
    if (MINE.has(word) && NUMBER_NOUNS.has(words[distance - 1] ?? '')) return 'phone';
  }
  if (/(?:^|[^\p{L}])(?:no\.?|nr\.?|n°|#|№)\s{0,2}$/u.test(before)) return 'other';
  return after.slice(0, 5).some((word) => PHONE_CUES.has(word)) ? 'phone' : 'unknown';
}

/** True when a cue word stands within reach before or after. */
export function hasCue(words: ReadonlySet<string>, text: string, start: number, end: number): boolean {
  const around = text.slice(Math.max(0, start - REACH_BEFORE), start) + ' ' + text.slice(end, end + REACH_AFTER);
  return (around.match(WORD) ?? []).some((word) => words.has(word));
}

const MINE = set('my mi meu minha mon ma mein meine meinen mera meri मेरा мой моя мій');
const NUMBER_NOUNS = set('number num no numero nummer digits नंबर नम्बर номер');

/** Words, folded, that say the number beside them is dialled. */
export const PHONE_CUES = set(
  `call calling callme phone phones telephone tel tlf mobile mob cell cellphone whatsapp whatsap watsapp whatsup wa text sms txt ring dial viber signal imo
  telegram wechat reach landline ph fone
  llama llamame llamar llamarme telefono movil celular cel escribeme marca marcame wasap guasap
  liga ligar ligue telefone telemovel zap zapzap chama whats
  appelle appelez appeler telephone portable joindre joignable appeles
  ruf rufe rufen anrufen anruf handy handynummer telefon telefonnummer mobil mobilnummer rufnummer erreichbar erreichst erreichen
  फोन फ़ोन कॉल मोबाइल नंबर नम्बर व्हाट्सएप व्हाट्सऐप वाट्सऐप karo karna phon
  телефон телефона телефону мобильный звони звоните позвони позвоните дзвони дзвоніть набери наберите вотсап ватсап вайбер телеграм`,
);

/** Words, folded, that say the number beside them is something else. */
const OTHER_CUES = set(
  `order orders invoice invoices inv sku ref reference ticket tickets id ids uid account acct case job tracking track parcel isbn issn iban version build port
  zip postcode item part serial model code codes barcode ean upc gtin hash commit timestamp epoch unix coordinates lat lng lon latitude longitude gps budget
  price cost total amount population rows row pi passcode pin vat tax license licence patent imei imsi card error log line page student employee
  registration policy claim booking reservation flight confirmation receipt transaction txn utr awb gst gstin pan cnpj cpf siret siren nif cif rg dni
  rating ratings score scores revenue salary dataset record records key sample samples size bytes meeting issue pull asin shipment container batch lot
  milestone contract proposal customer client user users post video file sha checksum seed year years fax
  pedido factura fatura nota numeracion referencia seguimiento rastreio expediente codigo cuenta conta protocolo processo boleto presupuesto precio orcamento
  commande facture dossier suivi compte numclient devis prix colis
  bestellung bestellnummer rechnung rechnungsnummer kundennummer auftrag auftragsnummer sendungsnummer artikel artikelnummer konto kontonummer vorgang
  vorgangsnummer aktenzeichen seriennummer matrikelnummer preis steuernummer
  ऑर्डर बिल आईडी चालान इनवॉइस कीमत ट्रैकिंग
  заказ заказа счет договор накладная`,
);

/** Words, folded, that follow an amount of something. */
const UNITS = set(
  `usd eur gbp inr brl mxn cad aud dollars euros pounds rupees reais pesos rows users bytes kb mb gb tb ms seconds minutes hours days pixels px views followers
  downloads records items lines words km m kg g people subscribers requests events files images transactions satoshi wei tokens euro
  usuarios filas lineas linhas registros lignes zeilen nutzer utilisateurs mil milhoes millones lakh crore hz steps visitors calls answers messages contacts leads impressions`,
);

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u).map((word) => foldText(word).text));
}
