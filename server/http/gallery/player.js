// Plays one state of the gallery: stops the clock, sends the elements' calls to the scripted answers, then does what a person would do.
// `data-reached` on the page tells how it went.
(() => {
  'use strict';
  const { state, now, steps, silent } = document.currentScript.dataset;

  const begun = performance.now();
  const startMs = Date.parse(now);
  Date.now = () => startMs + Math.round(performance.now() - begun);

  const send = window.fetch.bind(window);
  const unanswered = JSON.parse(silent).map((pattern) => new RegExp(pattern));
  let isOffline = false;
  Object.defineProperty(navigator, 'onLine', { get: () => !isOffline });

  window.fetch = (input, { headers = {}, signal, ...init } = {}) => {
    const url = new URL(input, location.href);
    if (!url.pathname.startsWith('/v1/')) return send(input, { headers, signal, ...init });
    if (isOffline) return Promise.reject(new TypeError('Failed to fetch'));
    if (unanswered.some((pattern) => pattern.test(`${init.method ?? 'GET'} ${url.pathname}`)))
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    url.pathname = `/dev/widget/api/${state}${url.pathname}`;
    url.searchParams.delete('key');
    const { Authorization: _key, 'X-Room-Token': _token, ...kept } = headers;
    return send(url, { ...init, signal, headers: kept });
  };

  const later = window.setTimeout.bind(window);
  const LONG_MS = 10_000;

  const doers = {
    offline: () => {
      isOffline = true;
    },
    hurry: () => {
      window.setTimeout = (run, ms, ...rest) => later(run, ms >= LONG_MS ? 50 : ms, ...rest);
    },
    see: (selector) => find(selector),
    focus: async (selector) => (await find(selector)).focus(),
    click: async (selector) => (await find(selector)).click(),
    call: async (selector, method) => {
      await customElements.whenDefined(selector);
      await (await find(selector))[method]();
    },
    give: async (selector, text) => {
      const field = await find(selector);
      const files = new DataTransfer();
      files.items.add(new File([text], 'calendar.ics', { type: 'text/calendar' }));
      field.files = files.files;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    fill: async (selector, text) => {
      const field = await find(selector);
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    },
  };

  /** Waits for the first that matches, looked up through shadow roots. */
  async function find(selector) {
    for (let tries = 0; tries < 400; tries += 1) {
      const found = search(document, selector);
      if (found !== null) return found;
      await new Promise((resolve) => later(resolve, 25));
    }
    throw new Error(`${selector} is not there`);
  }

  function search(root, selector) {
    const found = root.querySelector(selector);
    if (found !== null) return found;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inside = shadowRoot && search(shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  }

  async function play() {
    const tell = (text) => document.documentElement.setAttribute('data-reached', text);
    try {
      for (const [verb, ...rest] of JSON.parse(steps)) {
        const doing = doers[verb](...rest);
        if (doing instanceof Promise) await doing;
      }
      tell('yes');
    } catch (error) {
      tell(error.message);
    }
  }

  void play();
})();
