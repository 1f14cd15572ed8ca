import type { GalleryGroup, GalleryState } from './gallery-state.ts';
import { AVAILABILITY_FORM_STATES } from './states/availability-forms.ts';
import { AVAILABILITY_STATES } from './states/availability.ts';
import { BOOKING_STATES } from './states/booking.ts';
import { FAILURE_STATES } from './states/failures.ts';
import { MANAGE_STATES } from './states/manage.ts';
import { MEETINGS_STATES } from './states/meetings.ts';
import { OWN_CALENDAR_STATES } from './states/own-calendar.ts';
import { TERMS_STATES } from './states/terms.ts';
import { WINDOW_STATES } from './states/windows.ts';

/** The whole gallery, in the order it is shown. */
export const GALLERY: readonly GalleryGroup[] = [
  BOOKING_STATES,
  OWN_CALENDAR_STATES,
  FAILURE_STATES,
  WINDOW_STATES,
  TERMS_STATES,
  MANAGE_STATES,
  MEETINGS_STATES,
  AVAILABILITY_STATES,
  AVAILABILITY_FORM_STATES,
];

export function findState(name: string): GalleryState | null {
  return GALLERY.flatMap(({ states }) => states).find((state) => state.name === name) ?? null;
}
