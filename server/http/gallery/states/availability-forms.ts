import type { GalleryGroup } from '../gallery-state.ts';
import { BANNER, named, SAVE, section } from './availability.ts';

const RANGE = 'div:nth-of-type(2) > label > input[name=window]';
const PHONE = [['fill', '#sms-phone', '+1 415 555 0171']] as const;
const AGREE = ['click', '.sms [type=submit]'] as const;
const CHOSEN = [
  ['click', '[data-date="2026-11-24"]'],
  ['click', '[data-date="2026-11-26"]'],
] as const;
const SPECIAL_WRONG = [
  ...CHOSEN,
  ['fill', '#special-to', '2026-11-20'],
  ['click', '.special-form [type=submit]'],
  ['see', '#special-to[aria-invalid=true]'],
] as const;

/** What a host fills in, section by section. */
export const AVAILABILITY_FORM_STATES: GalleryGroup = {
  title: 'What a host fills in',
  states: [
    named('special', section('days', 'Choosing days', [...CHOSEN, ['see', '[data-date="2026-11-25"][aria-selected=true]']])),
    named('special-wrong', section('days', 'A last day before the first', SPECIAL_WRONG)),
    named('travel-wrong', section('travel', 'A trip that ends before it begins', [['fill', '#travel-0-to', '2026-12-01'], SAVE, BANNER])),
    named(
      'range',
      section('rules', 'Bookable from one day to another', [
        ['click', RANGE],
        ['see', '#windowFrom'],
      ]),
    ),
    named('rules-wrong', section('rules', 'A limit that is no number', [['fill', '#maxPerDay', '0'], SAVE, BANNER])),
    named('sms', section('messages', 'Agreed to text messages', [...PHONE, ['click', '#sms-tick'], AGREE, ['see', '.group .banner']])),
    named('sms-wrong', section('messages', 'Text messages without a tick', [...PHONE, AGREE, ['see', '#sms-tick[aria-invalid=true]']])),
  ],
};
