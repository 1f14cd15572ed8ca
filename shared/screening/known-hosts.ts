import type { Finding } from '../contract/screen.ts';

/**
 * The category of a link by its host (and, where the host serves many things, its path): a call, a messenger profile, a payment
 * page. `safe` is what a job is about and nobody is reached through: certificates, standards, documentation. `undefined` is any other site.
 */
export function judgeHost(host: string, path: string): Finding['category'] | 'safe' | undefined {
  const bare = host.startsWith('www.') ? host.slice(4) : host;
  const row = RULES.find(
    ({ hosts, paths }) => hosts.some((known) => bare === known || bare.endsWith(`.${known}`)) && (paths?.test(path) ?? true),
  );
  return row?.category;
}

/** True for a site whose name is also the name of the product people talk about ("a Booking.com clone"). */
export function isProductName(host: string): boolean {
  return PRODUCTS.has(host);
}

interface HostRule {
  readonly category: Finding['category'] | 'safe';
  readonly hosts: readonly string[];
  readonly paths?: RegExp;
}

const RULES: readonly HostRule[] = [
  {
    category: 'safe',
    hosts: list(
      `credly.com credential.net accredible.com badgr.com badgr.io certmetrics.com cloudskillsboost.google skillshop.exceedlms.com verify.openedx.org
      freecodecamp.org certificates.dev openbadgepassport.com youracclaim.com certiport.com scrum.org scrumalliance.org verify.acloud.guru`,
    ),
  },
  {
    category: 'safe',
    hosts: list(
      'coursera.org udemy.com edx.org linkedin.com hackerrank.com datacamp.com udacity.com codecademy.com pluralsight.com hubspot.com academy.hubspot.com kaggle.com ude.my microsoft.com google.com isc2.org pmi.org comptia.org',
    ),
    paths: /certif|\/verify|credential|accomplishment|badge|transcript|\/learning\/|diploma|statement/u,
  },
  {
    category: 'safe',
    hosts: list(
      `w3.org schema.org ietf.org rfc-editor.org iana.org iso.org unicode.org developer.mozilla.org wikipedia.org wikimedia.org wiktionary.org
      stackoverflow.com npmjs.com pypi.org crates.io docs.rs learn.microsoft.com docs.microsoft.com docs.aws.amazon.com docs.python.org docs.github.com
      nodejs.org reactjs.org react.dev vuejs.org angular.io typescriptlang.org postgresql.org kernel.org apache.org arxiv.org doi.org json-schema.org
      api.stripe.com docs.stripe.com api.github.com developers.google.com developer.apple.com developer.android.com caniuse.com xmlsoap.org
      fonts.googleapis.com googleapis.com cdnjs.cloudflare.com unpkg.com jsdelivr.net registry.npmjs.org`,
    ),
  },
  {
    category: 'videoCall',
    hosts: list(
      'zoom.us zoom.com meet.google.com teams.microsoft.com teams.live.com whereby.com webex.com meet.jit.si gotomeeting.com gotomeet.me bluejeans.com facetime.apple.com join.skype.com meet.zoho.com chime.aws daily.co livestorm.co around.co huddle.team 8x8.vc',
    ),
  },
  {
    category: 'handle',
    hosts: list(
      'wa.me t.me telegram.me telegram.dog m.me discord.gg signal.me signal.group line.me lin.ee chat.whatsapp.com api.whatsapp.com whatsapp.com wechat.com weixin.qq.com viber.com viber.me kik.me ig.me instagr.am skype.com threads.net bsky.app',
    ),
  },
  { category: 'handle', hosts: list('discord.com discordapp.com'), paths: /^\/(?:invite|users)\// },
  {
    category: 'handle',
    hosts: list(
      'instagram.com facebook.com fb.com fb.me twitter.com x.com tiktok.com snapchat.com linkedin.com pinterest.com vk.com mastodon.social telegram.org',
    ),
    paths: /^\/./,
  },
  {
    category: 'payment',
    hosts: list(
      'paypal.me venmo.com cash.app cash.me revolut.me buy.stripe.com checkout.stripe.com donate.stripe.com ko-fi.com buymeacoffee.com paytm.me rzp.io razorpay.me monzo.me wise.com payoneer.com bizum.es pix.me lydia-app.com pay.google.com',
    ),
    paths: /^\/./,
  },
  { category: 'payment', hosts: list('paypal.com'), paths: /paypalme|\/pay|invoice|donate|send/ },
];

const PRODUCTS: ReadonlySet<string> = new Set(
  list(
    `asp.net vb.net ado.net ml.net booking.com monday.com socket.io amazon.com salesforce.com wordpress.com wordpress.org draw.io make.com bill.com crypto.com
    hotels.com cars.com realtor.com fly.io render.com chess.com audible.com priceline.com diagrams.net authorize.net battle.net paint.net
    cal.com zoom.us web.dev react.dev crates.io godot.org jquery.com trivago.com godaddy.com google.com facebook.com twitter.com instagram.com youtube.com
    linkedin.com github.com gitlab.com paypal.com gmail.com outlook.com vue.js shopify.com wix.com squarespace.com upwork.com fiverr.com freelancer.com
    whatsapp.com x.com amazon.de amazon.in amazon.fr amazon.es amazon.co.uk mercadolivre.com.br mercadolibre.com openai.com ebay.com netflix.com airbnb.com`,
  ),
);

function list(hosts: string): readonly string[] {
  return hosts.split(/\s+/u).filter((host) => host !== '');
}
