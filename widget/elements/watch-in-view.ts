/** How long something must stay in view to count as seen. */
export const SEEN_AFTER_MS = 1000;

const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/**
 * Calls back once when at least half of the element was in view for `SEEN_AFTER_MS` without a break, on a page that is not in the background.
 * For an element taller than the screen, half a screen of it counts. The returned function ends the watch.
 */
export function watchInView(element: Element, onSeen: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries[entries.length - 1];
      if (entry === undefined) return;
      const wanted = Math.min(entry.boundingClientRect.height, entry.rootBounds?.height ?? Infinity) / 2;
      const isSeen = entry.isIntersecting && entry.intersectionRect.height >= wanted && entry.intersectionRect.width > 0;
      if (isSeen) timer ??= setTimeout(finish, SEEN_AFTER_MS);
      else cancel();
    },
    { threshold: STEPS },
  );
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const end = () => {
    cancel();
    observer.disconnect();
  };
  const finish = () => {
    timer = undefined;
    if (document.visibilityState === 'hidden') return;
    end();
    onSeen();
  };
  observer.observe(element);
  return end;
}
