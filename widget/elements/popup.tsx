import { render } from 'preact';
import { enPopup } from '../i18n/en-popup.ts';
import type { SayOf } from '../i18n/say.ts';
import fieldsCss from '../theme/fields.css?inline';
import popupCss from '../theme/popup.css?inline';
import { PopupView } from '../views/popup-view.tsx';
import type { ParleyScheduler } from './parley-scheduler.tsx';

/** What the element hands over of itself. */
export interface PopupFrame {
  readonly root: HTMLElement;
  readonly addSheets: (...sheets: string[]) => void;
  readonly language: (tables: { readonly popup: typeof enPopup }) => { readonly say: SayOf<keyof typeof enPopup> };
}

export interface Popup {
  open(): void;
  close(): void;
  /** The words are others now. */
  redraw(): void;
  /** The element leaves the page. */
  stop(): void;
}

/** How the sending of a booking ends, as the page hears it. */
const ENDS = ['parley:booked', 'parley:rescheduled', 'parley:token-expired', 'parley:error'];
/** Attributes that are the outer element's own business. */
const OWN = new Set(['mode', 'label', 'id', 'class', 'style', 'slot', 'part', 'hidden']);

/**
 * Gives a `<parley-scheduler mode="button">` (or `popup`, where the page opens it itself) a native modal dialog with a scheduler inside: focus
 * stays in it and returns, the page behind is inert. The inner scheduler has the outer one's attributes, a renewed token included, and its
 * events come out of the outer one.
 */
export function createPopup(host: ParleyScheduler, { root, addSheets, language }: PopupFrame): Popup {
  addSheets(fieldsCss, popupCss);
  let inner: ParleyScheduler | null = null;
  let isOpen = false;
  /** Shut while a booking is on its way, the scheduler stays until the page has heard how that went. */
  let isSending = false;

  const hand = (name: string) => {
    const value = host.getAttribute(name);
    if (inner === null || OWN.has(name)) return;
    if (value === null) inner.removeAttribute(name);
    else inner.setAttribute(name, value);
  };
  const watch = new MutationObserver((changes) => {
    for (const { attributeName } of changes) if (attributeName !== null) hand(attributeName);
    draw();
  });
  const dialog = () => root.querySelector('dialog');
  const draw = () => {
    const { say } = language({ popup: enPopup });
    render(
      <PopupView
        hasButton={host.getAttribute('mode') === 'button'}
        label={host.getAttribute('label') ?? say('bookTime')}
        hasScheduler={isOpen || isSending}
        say={say}
        open={() => popup.open()}
        close={() => popup.close()}
        closed={() => {
          isOpen = false;
          isSending = inner?.shadowRoot?.querySelector('[part=submit][aria-disabled=true]') != null;
          draw();
        }}
        prepare={(scheduler) => {
          inner = scheduler;
          if (scheduler === null) return;
          scheduler.prefill = host.prefill;
          for (const name of host.getAttributeNames()) hand(name);
          if (host.rescheduleOf !== null) scheduler.rescheduleOf = host.rescheduleOf;
        }}
      />,
      root,
    );
  };
  const settled = () => {
    if (!isSending) return;
    isSending = false;
    draw();
  };
  const popup: Popup = {
    open() {
      if (isOpen) return;
      isOpen = true;
      draw();
      dialog()?.showModal();
    },
    close: () => dialog()?.close(),
    redraw: draw,
    stop() {
      watch.disconnect();
      for (const name of ENDS) host.removeEventListener(name, settled);
      render(null, root);
    },
  };
  watch.observe(host, { attributes: true });
  for (const name of ENDS) host.addEventListener(name, settled);
  draw();
  return popup;
}
