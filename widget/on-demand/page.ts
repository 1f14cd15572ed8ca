export { embedFor, openOnPage, renewTokens } from '../elements/on-page.ts';
export { createPopup } from '../elements/popup.tsx';
