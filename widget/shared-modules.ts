import { Fragment, h, render } from 'preact';
import { askSlots } from './api/ask-slots.ts';
import { createCaller } from './api/caller.ts';
import { impressions } from './api/impressions.ts';
import { loadModule } from './api/load-module.ts';
import { ParleyElement } from './elements/parley-element.ts';
import { choicesOf } from './flow/times-of.ts';
import { firstFreeDay, load, MONTHS_AHEAD, settleDate, slotsOn, transition } from './flow/transition.ts';
import { createFormats } from './i18n/formats.ts';
import { createSay } from './i18n/say.ts';
import { languageOf } from './i18n/language-of.ts';
import { wordsFor } from './i18n/words-for.ts';
import { Icon } from './parts/icon.tsx';
import { sheetsFor } from './theme/sheets.ts';
import { addDays, addMonths, lastDayOf, monthOf, weekdayOf, weeksOf } from './time/local-date.ts';
import { cityOf, dateIn, detectZone, isKnownZone, offsetLabel } from './time/zones.ts';
import { FailurePanel } from './views/failure-panel.tsx';
import { placeOf } from './views/info-panel.tsx';
import { TimeButton } from './views/times-list.tsx';

/**
 * What the first script hands to the modules fetched later, so that nothing is sent twice: everything imported above. The build
 * looks each up by its place here (`vite.config.ts`), since names would be sent once more.
 */
export const sharedModules: readonly unknown[] = [
  Fragment,
  h,
  render,
  askSlots,
  createCaller,
  impressions,
  loadModule,
  ParleyElement,
  choicesOf,
  firstFreeDay,
  load,
  MONTHS_AHEAD,
  settleDate,
  slotsOn,
  transition,
  createFormats,
  createSay,
  languageOf,
  wordsFor,
  Icon,
  sheetsFor,
  addDays,
  addMonths,
  lastDayOf,
  monthOf,
  weekdayOf,
  weeksOf,
  cityOf,
  dateIn,
  detectZone,
  isKnownZone,
  offsetLabel,
  FailurePanel,
  placeOf,
  TimeButton,
];
