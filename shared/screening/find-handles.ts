import type { Candidate } from './candidate.ts';
import { foldText } from './folded-text.ts';

const CYRILLIC = foldText('телеграме|телеграм|телега|скайпе|скайп|вотсап|ватсап|инстаграме|инстаграм|инста|вайбер|дискорд').text;
const LONG =
  'telegram|whatsapp|instagram|insta|snapchat|discord|skype|twitter|tiktok|wechat|weixin|viber|messenger|linkedin|facebook|threads|mastodon|' +
  CYRILLIC;
const SHORT = 'tg|ig|fb|snap|kik|signal|line|twitter|x';
const NAME = String.raw`live:[\p{L}\d_.-]{3,40}|@?[a-z0-9_](?:[a-z0-9_]|[.-](?=[a-z0-9_])){2,31}(?:#\d{4})?`;
const LINKING =
  'pe|par|id|user|username|handle|name|nick|nickname|is|me|my|at|es|est|ist|e|hai|account|usuario|utilisateur|nutzername|pseudo|as|under|contact|here|i am|im';

const AFTER_PLATFORM = new RegExp(
  String.raw`(?<![\p{L}\d.@/-])(${LONG}|${SHORT})(?![\p{L}\d])((?:[\s:=,(-]|(?<![a-z])(?:${LINKING})(?![a-z])){1,10})(${NAME})(?![\p{L}\d@])`,
  'gu',
);
const BEFORE_PLATFORM = new RegExp(
  String.raw`(?<![\p{L}\d@/.:#-])(${NAME})[\s,(]{1,3}(?:on|en|no|na|sur|auf|bei|in|@|pe|par|from|at|is my|es mi|e meu|ist mein)\s{1,2}(?:my\s)?(?:${LONG}|ig|tg|snap|fb|(signal))(?![\p{L}\d])`,
  'gu',
);
const MENTION = /(?<![\p{L}\d.@/`_-])@([a-z0-9_](?:[a-z0-9_]|\.(?=[a-z0-9_])){2,31})(?![\p{L}\d@/(-])/gu;
const TAG = /(?<![\p{L}\d@/#-])[a-z0-9_.]{2,32}#\d{4}(?![\p{L}\d])/gu;
const PLATFORM_NEAR = new RegExp(String.raw`(?<![\p{L}\d])(?:${LONG}|tg|ig|snap|kik|fb|dm|handle|username|usuario)(?![\p{L}\d])`, 'u');
const INVITING =
  /(?:\b(?:add|find|follow|message|msg|dm|ping|hit|reach|contact|search|text|buscame|agregame|anademe|sigueme|escribeme|segue|adiciona|chama|procura|suis|ajoute|ajoutez|cherche|folge|adde|schreib|jodo|dhundo)\b[^\n]{0,20}|\b(?:my|mi|meu|minha|mon|ma|mein|meine|mera|meri)\s)$/u;

/**
 * Names on messengers and social networks. A platform's name alone is a job topic ("Telegram bot"); with a link word or an invitation
 * beside it and a token shaped like a name it is a handle. A bare `@name` is low: it may address somebody in the room.
 */
export function findHandles(text: string): Candidate[] {
  return [...afterPlatform(text), ...beforePlatform(text), ...mentions(text), ...tags(text)];
}

function afterPlatform(text: string): Candidate[] {
  return Array.from(text.matchAll(AFTER_PLATFORM)).flatMap((match): Candidate[] => {
    const [span, platform = '', link = '', name = ''] = match;
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const mine = INVITING.test(before);
    const invited =
      mine ||
      /^\s{1,2}(?:follow|add|dm|me\b|search|karo|text|folge)/u.test(text.slice(match.index + span.length, match.index + span.length + 12));
    const bound = /[:=]|\s-\s|[a-z]/u.test(link);
    const colon = /[:=]/u.test(link);
    const short = !LONG.split('|').includes(platform);
    const start = match.index + span.length - name.length;
    const after = text.slice(match.index + span.length, match.index + span.length + 3);
    const found = (confidence: Candidate['confidence']): Candidate[] => [
      { category: 'handle', confidence, start, end: match.index + span.length, rule: 'handle.platform' },
    ];
    if (platform === 'snap' && colon && isNameLike(name) && !isMeasure(name)) return found('medium');
    if (
      /^(?:x|line|signal|snap)$/u.test(platform) &&
      !name.startsWith('@') &&
      !(/\b(?:id|user|username|handle)\b/u.test(link) || (mine && colon))
    )
      return [];
    if (name.startsWith('@') || name.startsWith('live:')) return found('high');
    if (isNameLike(name) && !isMeasure(name))
      return bound || invited || (/^(?:\s{0,2}$|\s{0,2}[!?\n])/u.test(after) && !TECHNICAL.test(name)) ? found('medium') : found('low');
    const wordName = /^[a-z]{4,32}$/u.test(name) && !PREDICATES.has(name);
    const ends = /^(?:\s{0,2}$|\s{0,2}[.,;!?)\n])/u.test(after);
    const named = /\b(?:id|username|handle|user|nick|usuario|pseudo)\b/u.test(link);
    if (
      wordName &&
      ends &&
      bound &&
      (mine ? colon || named || /\b(?:is|es|est|ist|e|hai|as|under|at)\b/u.test(link) : named && colon) &&
      !short
    )
      return found('medium');
    return [];
  });
}

function beforePlatform(text: string): Candidate[] {
  return Array.from(text.matchAll(BEFORE_PLATFORM)).flatMap(({ index, 1: name = '', 2: word }): Candidate[] => {
    const mine = INVITING.test(text.slice(Math.max(0, index - 40), index));
    const strong = name.startsWith('@') || (isNameLike(name) && !isMeasure(name));
    const bare = mine && /^[a-z]{5,32}$/u.test(name) && !PREDICATES.has(name);
    if ((!strong && !bare) || (word !== undefined && !mine)) return [];
    return [
      {
        category: 'handle',
        confidence: name.startsWith('@') ? 'high' : 'medium',
        start: index,
        end: index + name.length,
        rule: 'handle.on',
      },
    ];
  });
}

function mentions(text: string): Candidate[] {
  return Array.from(text.matchAll(MENTION)).flatMap(({ index, 0: span, 1: name = '' }): Candidate[] => {
    if (AT_WORDS.has(name)) return [];
    const near = `${text.slice(Math.max(0, index - 32), index)} ${text.slice(index + span.length, index + span.length + 20)}`;
    const cued = PLATFORM_NEAR.test(near) || INVITING.test(text.slice(Math.max(0, index - 32), index));
    return [{ category: 'handle', confidence: cued ? 'medium' : 'low', start: index, end: index + span.length, rule: 'handle.mention' }];
  });
}

function tags(text: string): Candidate[] {
  return Array.from(text.matchAll(TAG)).flatMap(({ index, 0: span }): Candidate[] => {
    const near = `${text.slice(Math.max(0, index - 32), index)} ${text.slice(index + span.length, index + span.length + 24)}`;
    return /discord|\badd me\b/u.test(near)
      ? [{ category: 'handle', confidence: 'medium', start: index, end: index + span.length, rule: 'handle.tag' }]
      : [];
  });
}

function isNameLike(name: string): boolean {
  return /[a-z]/u.test(name) && /[a-z]{2,}[_.]?\d|_|[a-z]{2,}\.[a-z]{2,}|^[a-z]{3,}\.[a-z]$|#\d{4}$|^@/u.test(name) && name.length >= 5;
}

/** "10am", "15.00utc", "v2.0", "web3", "3d": figures, times and versions; file names and hosts are other detectors' work. */
function isMeasure(name: string): boolean {
  return (
    /^(?:\d+(?:[.:]\d+)*[a-z]{0,4}|v?\d+(?:\.\d+)*|[a-z]{2,6}\d|[a-z]{1,3}\d{1,2}|(?:node|python|php|java|vue|angular|react|ios|android|win|windows|api|phase|part|week|step|level|version|v)\d{1,4})$/u.test(
      name,
    ) || /\.(?:js|ts|py|net|com|org|io|pdf|docx?|png|jpe?g|zip|json|md|csv|xlsx?)$/u.test(name)
  );
}

/** Names of things people build with a platform: "telegram bot_token", "instagram reels2024". */
const TECHNICAL =
  /api|bot|token|hook|url|key|sdk|app|ads|auth|login|user|client|group|channel|page|post|chat|pixel|id$|20\d\d$|\.[a-z]{2,3}$/u;

/** What follows "my Skype is" when no name follows. */
const PREDICATES = new Set(
  `down broken slow working offline online blocked banned hacked fine good better best okay great also only just still never always required needed available
  unavailable preferred possible allowed forbidden prohibited important easy enough here there where what when which that this these those with without because
  under about after before from into your their mine ours call calls chat chats group groups account accounts profile page pages channel channels server servers
  bot bots app apps api ads campaign campaigns post posts content story stories marketing integration automation management manager login link message messages
  number business not blocked suspended disabled deleted private public inactive active open closed empty full ready installed updated crashing lagging
  acting used using dead gone same different mandatory optional fast free paid main secondary experience experiment growth follower followers design designer
  developer development expert experts specialist template templates clone strategy okay sure true false fun meeting monday tuesday wednesday thursday friday noon
  tomorrow today tonight later soon caido lento roto bloqueado ocupado fora lento quebrado cassé lent bloque kaputt langsam gesperrt weg verboten allowed erlaubt
  interdit prohibido proibido permitido kharab band nahi ready fixed please thanks instead either neither both only mejor melhor mieux besser`.split(
    /\s+/u,
  ),
);

/** Words behind an at sign that are code or address a whole room. */
const AT_WORDS = new Set(
  `media import charset keyframes supports layer container apply include extend mixin use forward page namespace property tailwind font
  override deprecated autowired inject injectable component directive module input output entity column test before after param params return returns
  throws see link todo author since type typedef property dataclass staticmethod classmethod decorator app pytest bean service repository controller
  restcontroller getmapping postmapping requestmapping here everyone channel all room team host client support admin moderator moderators noreply
  angular babel types vue react nestjs mui prisma tanstack latest next beta alpha state observable published main nullable notnull data getter setter slf4j`.split(
    /\s+/u,
  ),
);
