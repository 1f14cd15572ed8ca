import { followPageLanguage } from '../elements/follow-page-language.ts';
import { ParleyManage } from '../elements/parley-manage.tsx';

if (customElements.get('parley-manage') === undefined) {
  customElements.define('parley-manage', ParleyManage);
  followPageLanguage();
}
