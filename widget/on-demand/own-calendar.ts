export { readCalendar } from '../flow/own-calendar/read-calendar.ts';
