/**
 * How much a last label says by itself that a dotted word is a host name.
 * - `strong`: nobody ends a sentence or a file name with it ("com", "io").
 * - `soft`: a country or a newer ending that is also a word or a member of an object ("de", "email"): needs a cue, a path or the end of the sentence.
 * - `wordy`: also a common word or a file ending ("it", "py"): needs a scheme, "www." or a path.
 * `undefined` for what is no known ending. Country endings are ISO 3166; the generic ones are those people really use.
 */
export function weighTopLevelDomain(label: string): 'strong' | 'soft' | 'wordy' | undefined {
  if (STRONG.has(label)) return 'strong';
  if (WORDY.has(label)) return 'wordy';
  return SOFT.has(label) || COUNTRIES.has(label) ? 'soft' : undefined;
}

const STRONG = set(
  'com net org io gle dev app co xyz info biz gg tv edu gov eu uk ca fr nl br pt pl ru cz jp cn kr au nz za mx ar cl ch example test invalid onion online website shop site',
);
const WORDY = set(
  `in is it to at be am so no my me us do as by pm id an la se py sh rs cc ps zip mov ml cs vi ms mm st tm tf sc ac al li ad gl name next date run zone
  new now map link data day you how here fly call box md`,
);
const SOFT = set(
  `ai store tech club live page agency studio design digital cloud pro blog space works world email media social chat team art vip fun top icu work life
  today news network solutions services company consulting health academy photography video guru expert group global center mobi cat travel law finance
  systems software tools technology press coach support marketing events house money one love wiki ltd inc gmbh contact directory cards bio click host
  fyi games gallery graphics help ink koeln berlin hamburg london nyc paris tokyo moe ninja rocks school training tube uno yoga web`,
);
const COUNTRIES = set(
  `ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx
  cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq
  ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na
  nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy
  sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`,
);

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u));
}
