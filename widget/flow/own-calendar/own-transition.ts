import type { FlowEvent, State } from '../state.ts';
import type { Step } from '../transition.ts';

/** The visitor's own calendar: picked, read, taken away again. Pure. `null` for other events. */
export function ownTransition(state: State, event: FlowEvent): Step | null {
  switch (event.type) {
    case 'pickCalendar':
      return [
        { ...state, own: { status: 'reading', file: event.file } },
        { type: 'readCalendar', file: event.file },
      ];
    case 'calendarRead': {
      // Another file was picked meanwhile, or none is wanted any more.
      const isAwaited = state.own?.status === 'reading' && state.own.file === event.file;
      return [isAwaited ? { ...state, own: event.own } : state];
    }
    case 'forgetCalendar':
      return [{ ...state, own: undefined }];
    default:
      return null;
  }
}
