import { ParleyZoneSearch } from '../elements/parley-zone-search.tsx';

if (customElements.get('parley-zone-search') === undefined) customElements.define('parley-zone-search', ParleyZoneSearch);
