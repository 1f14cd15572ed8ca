import { followPageLanguage } from '../elements/follow-page-language.ts';
import { ParleyNotice } from '../elements/parley-notice.tsx';

if (customElements.get('parley-notice') === undefined) {
  customElements.define('parley-notice', ParleyNotice);
  followPageLanguage();
}
