import type { en } from './en.ts';

/** Every text that mails, SMS and the server's own pages are made of. English has them all; the compiler and a test hold the other languages to it. */
export type MessageKey = keyof typeof en;

/** One language. A text may hold `{placeholders}`; each language uses the same ones in a text, in the order its grammar wants. */
export type MessageTexts = Readonly<Record<MessageKey, string>>;
