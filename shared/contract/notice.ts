import Type from 'typebox';
import { Instant, LocalisedText, Role, Stage } from './common.ts';
import { nullable, oneOf, pageOf, strictObject } from './shape.ts';

export const AcknowledgementRule = oneOf(['none', 'oncePerRoom', 'oncePerVersion', 'everyBooking']);
export type AcknowledgementRule = Type.Static<typeof AcknowledgementRule>;

const Placement = Type.String({ minLength: 1, maxLength: 60, pattern: '^[A-Za-z][A-Za-z0-9_-]*$' });

/** What the terms say when the platform's own call fails: a text, and whether to offer a one-tap reschedule. */
const content = {
  placements: Type.Array(Placement, { minItems: 1, maxItems: 20, uniqueItems: true }),
  stages: Type.Array(Stage, { minItems: 1, uniqueItems: true }),
  roles: Type.Array(Role, { minItems: 1, uniqueItems: true, default: ['invitee', 'host'] }),
  severity: oneOf(['info', 'warning'], { default: 'info' }),
  acknowledgement: AcknowledgementRule,
  text: LocalisedText,
  label: Type.Optional(LocalisedText),
  fallback: Type.Optional(LocalisedText),
  effectiveFrom: Type.Optional(nullable(Instant)),
};

export const NoticeVersionCreate = strictObject(
  { ...content, roles: Type.Optional(content.roles), severity: Type.Optional(content.severity), draft: Type.Optional(Type.Boolean()) },
  { $id: 'NoticeVersionCreate' },
);
export type NoticeVersionCreate = Type.Static<typeof NoticeVersionCreate>;

/** A notice is made with its key, and may bring its first version along. */
export const NoticeCreate = strictObject(
  {
    key: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,59}$' }),
    ...Type.Partial(Type.Object(content)).properties,
    draft: Type.Optional(Type.Boolean()),
  },
  { $id: 'NoticeCreate' },
);
export type NoticeCreate = Type.Static<typeof NoticeCreate>;

export const NoticeVersion = Type.Object(
  {
    id: Type.String(),
    noticeVersionId: Type.String(),
    key: Type.String(),
    version: nullable(Type.Integer(), { description: 'null while a draft' }),
    status: oneOf(['draft', 'published']),
    ...content,
    label: LocalisedText,
    fallback: nullable(LocalisedText),
    effectiveFrom: nullable(Instant),
    textHash: Type.Record(Type.String(), Type.String()),
    createdAt: Instant,
    publishedAt: nullable(Instant),
  },
  { $id: 'NoticeVersion' },
);
export type NoticeVersion = Type.Static<typeof NoticeVersion>;

export const Notice = Type.Object(
  { id: Type.String(), key: Type.String(), createdAt: Instant, versions: Type.Array(NoticeVersion) },
  { $id: 'Notice' },
);
export type Notice = Type.Static<typeof Notice>;
export const NoticePage = pageOf(Notice);

/** One notice as a reader sees it, in one language. `textHash` is SHA-256 (hex) over NFC, LF, trimmed text. */
export const CurrentNotice = Type.Object(
  {
    noticeVersionId: Type.String(),
    key: Type.String(),
    version: Type.Integer(),
    locale: Type.String(),
    text: Type.String(),
    textHash: Type.String(),
    label: Type.String(),
    fallback: nullable(Type.String()),
    acknowledgement: AcknowledgementRule,
    severity: oneOf(['info', 'warning']),
    acknowledged: Type.Optional(
      Type.Boolean({ description: 'With a room or manage token: this person has acknowledged this version where it binds.' }),
    ),
  },
  { $id: 'CurrentNotice' },
);
export type CurrentNotice = Type.Static<typeof CurrentNotice>;
/** A version as a reader of one language would see it, published or not, with its Markdown as HTML: the very elements the widget draws. */
export const NoticePreview = Type.Object(
  {
    ...CurrentNotice.properties,
    version: nullable(Type.Integer()),
    status: oneOf(['draft', 'published']),
    effectiveFrom: nullable(Instant),
    html: Type.String(),
    fallbackHtml: nullable(Type.String()),
  },
  { $id: 'NoticePreview' },
);
export type NoticePreview = Type.Static<typeof NoticePreview>;
export const CurrentNotices = Type.Object({ data: Type.Array(CurrentNotice) });
export type CurrentNotices = Type.Static<typeof CurrentNotices>;
