import { ParleyAcknowledge } from '../elements/parley-acknowledge.tsx';
import { ParleyNotice } from '../elements/parley-notice.tsx';

if (customElements.get('parley-notice') === undefined) {
  customElements.define('parley-notice', ParleyNotice);
  customElements.define('parley-acknowledge', ParleyAcknowledge);
}
