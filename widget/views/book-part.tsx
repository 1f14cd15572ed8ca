import type { ComponentChildren } from 'preact';
import { readRoomToken } from '../api/room-token.ts';
import type { RescheduleOf } from '../elements/parley-scheduler.tsx';
import { bookViewOf } from '../flow/book-view-of.ts';
import { emptyOf } from '../flow/empty-of.ts';
import { failureOf } from '../flow/failure-of.ts';
import { identityOf } from '../flow/identity-of.ts';
import { runLaterEffect } from '../flow/later-effects.ts';
import { laterTransition } from '../flow/later-transition.ts';
import type { FlowEvent, Prefill, State } from '../flow/state.ts';
import { takenOf } from '../flow/taken-of.ts';
import { timesAnnouncement } from '../flow/times-announcement.ts';
import { choicesOf } from '../flow/times-of.ts';
import { slotsOn } from '../flow/transition.ts';
import type { Further, View } from '../flow/view-of.ts';
import { enBook } from '../i18n/en-book.ts';
import { enClocks } from '../i18n/en-clocks.ts';
import { enOwn } from '../i18n/en-own.ts';
import { enTerms } from '../i18n/en-terms.ts';
import bookCss from '../theme/book.css?inline';
import ownCss from '../theme/own.css?inline';
import fieldsCss from '../theme/fields.css?inline';
import { DetailsForm } from './details-form.tsx';
import { DoneView } from './done-view.tsx';
import { markOwn } from './mark-own.tsx';
import { OwnCalendarLine } from './own-calendar-line.tsx';
import { TakenBanner } from './taken-banner.tsx';
import type { BookTools } from './tools.ts';

/** What follows the first picture. The first script fetches it as soon as the times are visible, so that nobody waits for it. */
export interface BookPart {
  readonly transition: typeof laterTransition;
  readonly run: typeof runLaterEffect;
  readonly tables: typeof tables;
  readonly sheets: readonly string[];
  /** What the element's attributes and properties say of the visitor. */
  arrived(element: Visited): FlowEvent;
  /** Puts the keyboard where the state wishes it, once a wish; answers the number of the last wish. */
  moveFocus(root: HTMLElement, state: State, done: number): number;
  /** Why there are no times, and what is to be known of those there are. */
  further(state: State, tools: BookTools): Further;
  /** The step after a time is chosen; before that, what stands above the times. */
  draw(state: State, tools: BookTools, failure: View['failure']): Drawn;
}

interface Visited extends HTMLElement {
  readonly prefill: Prefill;
  readonly rescheduleOf: RescheduleOf | null;
}

export interface Drawn {
  readonly content: ComponentChildren;
  /** What stands below the times. */
  readonly below?: ComponentChildren;
  /** Read out by screen readers whenever it changes. */
  readonly announcement: string;
}

const tables = { clocks: enClocks, terms: enTerms, book: enBook, own: enOwn };

export const part: BookPart = {
  transition: laterTransition,
  run: runLaterEffect,
  tables,
  sheets: [fieldsCss, bookCss, ownCss],
  arrived: (element) => ({
    type: 'partArrived',
    identity: identityOf(element.getAttribute('room-token')),
    isHost: (element.rescheduleOf?.role ?? readRoomToken(element.getAttribute('room-token'))?.role) === 'host',
    form: {
      name: element.getAttribute('prefill-name') ?? '',
      email: element.getAttribute('prefill-email') ?? '',
      ...element.prefill,
    },
  }),
  moveFocus(root, { focus }, done) {
    if (focus === null || focus.count === done) return done;
    const selector = focus.target === 'issue' ? '[aria-invalid=true]' : `[data-focus=${focus.target}]`;
    root.querySelector<HTMLElement>(selector)?.focus({ preventScroll: focus.target === 'day' });
    return focus.count;
  },
  further(state, { say, formats }) {
    const { date } = state;
    return {
      failure: failureOf(state, say),
      empty: emptyOf(state, say, formats),
      times:
        date === null ? null : { heading: formats.longDate(date), choices: markOwn(choicesOf(slotsOn(state, date), formats), state, say) },
    };
  },
  draw(state, tools, failure) {
    const { say, formats, send } = tools;
    const view = bookViewOf(state, say, formats);
    if (view === null || state.step === 'pick') {
      const taken = takenOf(state, say, formats);
      return {
        content: taken && <TakenBanner taken={{ ...taken, choices: markOwn(taken.choices, state, say) }} send={send} />,
        below: state.about && <OwnCalendarLine own={state.own} say={say} send={send} />,
        announcement: timesAnnouncement(state, say, formats),
      };
    }
    const { booking } = state;
    const content =
      booking === null ? (
        <DetailsForm view={view} state={state} failure={failure} tools={tools} />
      ) : (
        <DoneView view={view} state={state} booking={booking} tools={tools} />
      );
    return { content, announcement: view.announcement };
  },
};
