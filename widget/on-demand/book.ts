import { followPageLanguage } from '../elements/follow-page-language.ts';

export { part } from '../views/book-part.tsx';

followPageLanguage();
