import { render } from 'preact';
import { Fragment, jsx, jsxs } from 'preact/jsx-runtime';
import { impressionOf, rememberImpression } from './api/impressions.ts';
import { ParleyElement } from './elements/parley-element.ts';
import { clocksOf } from './flow/clocks-of.ts';
import { firstName } from './flow/view-of.ts';
import { createFormats } from './i18n/formats.ts';
import { createSay } from './i18n/say.ts';
import { Field } from './parts/field.tsx';
import { Icon } from './parts/icon.tsx';
import { Markdown } from './parts/markdown.tsx';
import { sheetsFor } from './theme/sheets.ts';
import { addDays, addMonths, lastDayOf, monthOf, moveByMonths, weekdayOf, weeksOf } from './time/local-date.ts';
import { cityOf, detectZone, instantIn, isKnownZone, knownZones, offsetLabel, offsetMinutesOf } from './time/zones.ts';
import { Clocks } from './views/clocks.tsx';
import { placeOf } from './views/info-panel.tsx';

/**
 * What the first script hands to the modules fetched later, so that nothing is sent twice. Wherever such a module imports one of the files
 * above, the build puts a look-up in `window.Parley.modules` for the names imported here.
 */
export const sharedModules = {
  Fragment,
  render,
  jsx,
  jsxs,
  impressionOf,
  rememberImpression,
  ParleyElement,
  clocksOf,
  firstName,
  createFormats,
  createSay,
  Field,
  Icon,
  Markdown,
  sheetsFor,
  addDays,
  addMonths,
  lastDayOf,
  monthOf,
  moveByMonths,
  weekdayOf,
  weeksOf,
  cityOf,
  detectZone,
  instantIn,
  isKnownZone,
  knownZones,
  offsetLabel,
  offsetMinutesOf,
  Clocks,
  placeOf,
} as const;
