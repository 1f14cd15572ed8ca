import { ParleyMeetings } from '../elements/parley-meetings.tsx';

if (customElements.get('parley-meetings') === undefined) customElements.define('parley-meetings', ParleyMeetings);
