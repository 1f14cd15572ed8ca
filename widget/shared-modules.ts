import * as impressions from './api/impressions.ts';
import * as jsxRuntime from './dom/jsx-runtime.ts';
import * as renderer from './dom/render.ts';
import * as element from './elements/parley-element.ts';
import * as clocksOf from './flow/clocks-of.ts';
import * as viewOf from './flow/view-of.ts';
import * as formats from './i18n/formats.ts';
import * as say from './i18n/say.ts';
import * as field from './parts/field.tsx';
import * as icon from './parts/icon.tsx';
import * as markdown from './parts/markdown.tsx';
import * as sheets from './theme/sheets.ts';
import * as localDate from './time/local-date.ts';
import * as zones from './time/zones.ts';
import * as clocks from './views/clocks.tsx';
import * as infoPanel from './views/info-panel.tsx';

/**
 * What the first script hands to the modules fetched later, so that nothing is sent twice. The build puts a look-up in
 * `window.Parley.modules` wherever such a module imports one of these files.
 */
export const sharedModules = {
  'api/impressions.ts': impressions,
  'dom/jsx-runtime.ts': jsxRuntime,
  'dom/render.ts': renderer,
  'elements/parley-element.ts': element,
  'flow/clocks-of.ts': clocksOf,
  'flow/view-of.ts': viewOf,
  'i18n/formats.ts': formats,
  'i18n/say.ts': say,
  'parts/field.tsx': field,
  'parts/icon.tsx': icon,
  'parts/markdown.tsx': markdown,
  'theme/sheets.ts': sheets,
  'time/local-date.ts': localDate,
  'time/zones.ts': zones,
  'views/clocks.tsx': clocks,
  'views/info-panel.tsx': infoPanel,
} as const;
