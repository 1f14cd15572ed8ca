const EVERY_MS = 20_000;
/** What other elements on the page say when a meeting has changed. */
const CHANGES = ['parley:booked', 'parley:rescheduled', 'parley:cancelled'];

/**
 * Asks again every 20 s while `element` can be seen, at once when it comes into view, the page is looked at again or the network is back. Tells when another
 * element of the page has changed a meeting. Answers how to end it.
 */
export function watchMeetings(element: HTMLElement, refresh: () => void, outdated: () => void): () => void {
  const isSeen = () => document.visibilityState === 'visible' && element.checkVisibility();
  const whenSeen = () => isSeen() && refresh();
  const whenChanged = (event: Event) => event.target !== element && outdated();
  const timer = setInterval(whenSeen, EVERY_MS);
  const ends = new AbortController();
  const { signal } = ends;
  document.addEventListener('visibilitychange', whenSeen, { signal });
  addEventListener('focus', whenSeen, { signal });
  addEventListener('online', whenSeen, { signal });
  const inView = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && whenSeen());
  inView.observe(element);
  for (const name of CHANGES) document.addEventListener(name, whenChanged, { signal });
  return () => {
    clearInterval(timer);
    inView.disconnect();
    ends.abort();
  };
}
