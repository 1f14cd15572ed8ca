/** Addresses, links and the spoken forms of both. */
const ADDRESS =
  /[\w.+-]{1,64}\s?(?:@|[[({]\s?(?:at|arroba|arobase)\s?[\])}]| (?:arroba|arobase|at the rate) )\s?[a-z\d-]{2,63}\s?(?:\.|[[({]\s?(?:dot|punto|ponto|point|punkt)\s?[\])}]| (?:dot|punto|ponto|point|punkt) )\s?[a-z]{2,}|[\w.+-]{2,64} at [a-z\d-]{2,40} dot [a-z]{2,}|(?:gmail|hotmail|yahoo|outlook)(?:\.| ?dot ?)com/u;
const LINK =
  /\b(?:https?:\/\/|www\.)([a-z\d.-]{3,})|\b(?:wa\.me|t\.me|zoom\.us|discord\.gg|calendly\.com|paypal\.me|linktr\.ee|meet\.google\.com)\//gu;
const HANDLE =
  /\b(?:telegram|whatsapp|insta(?:gram)?|skype|snapchat|discord|wechat)\b[^a-z\d@]{0,3}(?:(?:id|is|es|ist|me|at)[^a-z\d@]{1,2}){0,2}@[a-z\d_.]{3,}/u;
const CUE =
  /\b(?:call|phone|tel|mobile|cell|whats?app|text|sms|llama\w*|telefono|movil|celular|liga\w*|zap|appelle\w*|telephone|portable|anrufen|ruf|handy|karo)\b|फोन|कॉल|नंबर/u;
const OTHER =
  /\b(?:order|invoice|ticket|sku|ref|id|isbn|iban|tracking|pedido|factura|fatura|facture|commande|rechnung|bestell\w*)\b[^\d]{0,16}$/u;
const TIMES =
  /\b\d{1,2} \d{1,2} 20\d\d\b|\b[012]\d[0-5][05][ -][012]\d[0-5][05]\b|\b\d{4}\.\d\d\.\d\d\b|\d{4}-\d\d-\d\d(?:t[\d:.]+z?)?|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b(?![./]\d)|\b\d{1,2}[:h]\d{2}\b|[$€£₹]\s?[\d.,]+|\b\d{1,3}(?:,\d{2,3})+\b/gu;
const NUMBER = /(\+ ?|\b00)?\(?\b\d(?:[ ()./-]{0,2}\d){6,14}\b/gu;

/**
 * True when a text seems to hold a contact detail: the light part that runs in the browser while somebody writes. It only hints; the server's
 * `screenText` decides. `ownHosts` are the platform's own, whose links are fine. Reads the first 2,000 characters.
 */
export function hintContactDetails(text: string, ownHosts: readonly string[] = []): boolean {
  const plain = text
    .slice(0, 2000)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
    .toLowerCase()
    .replace(TIMES, ';');
  return ADDRESS.test(plain) || HANDLE.test(plain) || hasForeignLink(plain, ownHosts) || hasNumber(plain);
}

function hasForeignLink(plain: string, ownHosts: readonly string[]): boolean {
  return [...plain.matchAll(LINK)].some(
    ([, host]) => host === undefined || !ownHosts.some((own) => host === own || host.endsWith(`.${own}`)),
  );
}

function hasNumber(plain: string): boolean {
  return [...plain.matchAll(NUMBER)].some(({ 0: span, 1: plus, index }) => {
    const before = plain.slice(Math.max(0, index - 40), index);
    const digits = span.replace(/\D/gu, '').length;
    return (
      plus !== undefined ||
      (!OTHER.test(before) &&
        ((CUE.test(before) && digits > 6) ||
          /^\(?\d{3}[) .-]{1,2}\d{3}[ .-]\d{4}$|^0[1-9](?:[ .]?\d\d){4}$|^[6-9]\d{4}[ -]\d{5}$|^0\d{3}[ /]\d{7}$/u.test(span)))
    );
  });
}
