import type { Candidate } from './candidate.ts';

/** Virtual payment addresses of India's UPI: `name@bank`, where the bank is no host name. */
const UPI =
  /(?<![a-z0-9._@-])[a-z0-9._-]{2,50}@(?:ok(?:axis|sbi|icici|hdfcbank)|ybl|ibl|axl|apl|paytm|upi|sbi|icici|hdfcbank|axisbank|kotak|fbl|pz|rbl|yapl|waicici|ptyes|ptaxis|ptsbi|pthdfc|naviaxis|jupiteraxis)(?![a-z0-9.-])/gu;
const CASHTAG = /(?<=\b(?:cash ?app|cashtag|cash tag)\b[^\n]{0,24})\$[a-z][a-z0-9]{2,20}(?![a-z0-9])/gu;
const WALLET = /(?<![a-z0-9])(?:bc1[a-z0-9]{25,60}|t[a-z0-9]{33}|0x[0-9a-f]{40})(?![a-z0-9])/gu;
const PAY_CUE = /(?:pay|send|transfer|wallet|usdt|btc|bitcoin|eth|deposit|tip|pague|paga|envia|bezahl|zahl|payer|envoie|bhej)[^\n]{0,60}$/u;
const PIX = /(?<=\b(?:pix|chave pix|pix key|pix e)\b[^\d\n]{0,16})(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{11})(?!\d)/gu;

/** Ways to be paid that are no link: UPI addresses, cashtags, Pix keys, wallets with a word about paying before them. */
export function findPayments(text: string, unmasked: string): Candidate[] {
  return [
    ...Array.from(text.matchAll(UPI), ({ index, 0: span }) => found(index, span, 'high', 'payment.upi')),
    ...Array.from(unmasked.matchAll(CASHTAG), ({ index, 0: span }) => found(index, span, 'medium', 'payment.cashtag')),
    ...Array.from(text.matchAll(PIX), ({ index, 0: span }) => found(index, span, 'medium', 'payment.pix')),
    ...Array.from(unmasked.matchAll(WALLET))
      .filter(({ index }) => PAY_CUE.test(unmasked.slice(Math.max(0, index - 80), index)))
      .map(({ index, 0: span }) => found(index, span, 'medium', 'payment.wallet')),
  ];
}

function found(start: number, span: string, confidence: Candidate['confidence'], rule: string): Candidate {
  return { category: 'payment', confidence, start, end: start + span.length, rule };
}
