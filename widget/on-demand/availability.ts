import { ParleyAvailability } from '../elements/parley-availability.tsx';

if (customElements.get('parley-availability') === undefined) customElements.define('parley-availability', ParleyAvailability);
