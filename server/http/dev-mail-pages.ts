import type { KeptMail } from '../flows/mailbox.ts';
import type { RenderedMessage } from '../domain/messages/render-message.ts';
import type { Party, MessageKind } from '../domain/messages/message-data.ts';
import { escapeHtml } from './escape-html.ts';
import { htmlPage } from './html-page.ts';

/** Every mail there is, newest first; null where mails are really sent. */
export function mailListPage(mails: readonly KeptMail[] | null): string {
  if (mails === null) return page('Mailbox', '<p>Mails are sent by SMTP here, so there is no mailbox to look into.</p>');
  const rows = mails.map(
    (mail) =>
      `<tr><td>${escapeHtml(new Date(mail.sentAtMs).toISOString())}</td><td>${escapeHtml(mail.to.address)}</td><td><a href="/dev/mail/${escapeHtml(mail.key)}">${escapeHtml(mail.subject)}</a></td></tr>`,
  );
  const list = `<table><thead><tr><th>Sent</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return page(
    'Mailbox',
    `${rows.length === 0 ? '<p>No mail has been sent yet.</p>' : list}<p><a href="/dev/mail/preview">Every message in every language</a></p>`,
  );
}

/** One mail as a mail program shows it. */
export function mailPage(mail: KeptMail): string {
  const base = `/dev/mail/${escapeHtml(mail.key)}`;
  const facts = [
    ['From', `${mail.from.name} <${mail.from.address}>`],
    ['To', `${mail.to.name} <${mail.to.address}>`],
    ['Sent', new Date(mail.sentAtMs).toISOString()],
    ['Message', mail.id],
  ];
  const links = [`<a href="${base}/text">Text</a>`, `<a href="${base}/raw">As sent</a>`];
  if (mail.invitation !== null) links.push(`<a href="${base}/ics">Invitation (${mail.invitation.method})</a>`);
  const rows = facts.map(([label, value]) => `<tr><th>${label}</th><td>${escapeHtml(value ?? '')}</td></tr>`).join('');
  const frame = `<iframe src="${base}/html" title="The mail" sandbox="allow-popups"></iframe>`;
  return page(mail.subject, `<table>${rows}</table><p>${links.join(' · ')} · <a href="/dev/mail">All mails</a></p>${frame}`);
}

/** Every kind and reader in every language. */
export function previewListPage(samples: readonly { kind: MessageKind; party: Party }[], languages: readonly string[]): string {
  const rows = samples.map(({ kind, party }) => {
    const links = languages.map((language) => `<a href="/dev/mail/preview/${kind}/${party}/${language}">${language}</a>`);
    return `<tr><th>${kind}</th><td>${party}</td><td>${links.join(' ')}</td></tr>`;
  });
  return page('Messages', `<table>${rows.join('')}</table><p><a href="/dev/mail">Mailbox</a></p>`);
}

/** One message as wide and narrow programs show it, light and dark, with its text below. */
export function samplePage(
  { kind, party, language }: { kind: string; party: string; language: string },
  { subject, text }: RenderedMessage,
  { parties, languages }: { parties: readonly string[]; languages: readonly string[] },
): string {
  const base = `/dev/mail/preview/${kind}/${party}/${language}`;
  const link = (url: string, words: string, here: boolean) => (here ? `<strong>${words}</strong>` : `<a href="${url}">${words}</a>`);
  const others = [
    parties.map((one) => link(`/dev/mail/preview/${kind}/${one}/${language}`, one, one === party)),
    languages.map((one) => link(`/dev/mail/preview/${kind}/${party}/${one}`, one, one === language)),
  ];
  const frames = (['light', 'dark'] as const).flatMap((scheme) =>
    ['wide', 'narrow'].map(
      (width) =>
        `<figure><figcaption>${width === 'wide' ? '600' : '320'} px, ${scheme}</figcaption><iframe class="${width}" src="${base}/html?scheme=${scheme}" title="The mail, ${width}, ${scheme}" sandbox="allow-popups"></iframe></figure>`,
    ),
  );
  const body = `<p><a href="/dev/mail/preview">All messages</a> · <a href="${base}/html">HTML alone</a> · <a href="${base}/text">Text alone</a></p>
${others.map((links) => `<p>${links.join(' ')}</p>`).join('\n')}
<div class="frames">${frames.join('\n')}</div>
<h2>Text</h2><pre dir="auto">${escapeHtml(text)}</pre>`;
  return page(subject, body);
}

/** The mail as a program in this mode shows it, whatever the reader's own is. */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  return html
    .replaceAll('@media (prefers-color-scheme:dark)', scheme === 'dark' ? '@media all' : '@media not all')
    .replace(':root{color-scheme:light dark', `:root{color-scheme:${scheme}`);
}

export const frameStyle = `:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 66rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); vertical-align: top; }
td a { display: inline-block; margin-inline-end: .4rem; }
iframe { width: 100%; height: 80vh; border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); background: #fff; }
iframe.wide { width: 600px; }
iframe.narrow { width: 320px; }
.frames { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; max-width: 100%; overflow-x: auto; }
figcaption { font-size: .85rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

function page(title: string, body: string): string {
  return htmlPage({
    attributes: 'lang="en"',
    title,
    head: '<link rel="stylesheet" href="/dev/mail.css">',
    body: `<main>\n<h1>${escapeHtml(title)}</h1>\n${body}\n</main>`,
  });
}
