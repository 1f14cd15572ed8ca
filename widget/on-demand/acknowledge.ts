import { followPageLanguage } from '../elements/follow-page-language.ts';
import { ParleyAcknowledge } from '../elements/parley-acknowledge.tsx';

if (customElements.get('parley-acknowledge') === undefined) {
  customElements.define('parley-acknowledge', ParleyAcknowledge);
  followPageLanguage();
}
