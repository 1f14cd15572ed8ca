import type { Candidate } from './candidate.ts';

const PLATFORM =
  '(?:whats ?app|telegram|skype|instagram|insta|discord|signal|viber|wechat|facebook|messenger|zap|wasap|e-?mail|mail|phone|outside|elsewhere)';

const PATTERNS: readonly RegExp[] = [
  /\b(?:text|call|whatsapp|dm|ring|phone|email|e-mail|mail|sms|skype) me\b/gu,
  /\b(?:contact|reach|message|write(?: to)?|pay) me (?:directly|outside|privately|off|on|at|by|via)\b/gu,
  new RegExp(
    String.raw`\b(?:let'?s|we (?:can|could|should)|can we|could we|shall we) (?:move|talk|switch|continue|chat|speak|go)(?: this| it)?(?: over)? (?:to|on|via|in|over) ${PLATFORM}\b`,
    'gu',
  ),
  new RegExp(String.raw`\badd me (?:on|in|to) ${PLATFORM}\b`, 'gu'),
  /\b(?:outside|off) (?:of )?(?:the |this )?(?:platform|site|app)\b/gu,
  /\b(?:llamame|escribeme|mandame un (?:whatsapp|mensaje|correo|mail)|agregame|fuera de la plataforma)\b/gu,
  /\b(?:me (?:liga|chama|ligue|chame|manda)(?: no| um)?(?: zap| whats| whatsapp| email)?|fora da plataforma)\b/gu,
  /\b(?:appelle[sz]?[- ]moi|ecri(?:s|vez)[- ]moi|contacte[sz]?[- ]moi|hors (?:de la )?plateforme)\b/gu,
  /\b(?:ruf(?:en sie|t)? mich an|schreib(?:en sie)? mir|ausserhalb der plattform)\b/gu,
  /\b(?:mujhe (?:call|phone|whatsapp|message|msg)|(?:call|phone|whatsapp|message) kar(?:o|na|iye|do)|platform ke bahar)\b/gu,
  /मुझे (?:कॉल|फोन|फ़ोन|व्हाट्सएप|मैसेज)|(?:कॉल|फोन|फ़ोन) कर(?:ो|ना|ें|िए)/gu,
];

/** "Text me", "let's move to Telegram": wishes to leave the room that name no way. Always low, so they warn nobody by themselves. */
export function findInvitations(text: string): Candidate[] {
  return PATTERNS.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ index, 0: span }): Candidate => ({
      category: 'invitation',
      confidence: 'low',
      start: index,
      end: index + span.length,
      rule: 'invitation.words',
    })),
  );
}
