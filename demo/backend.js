/** The marketplace's own backend, and Parley called with the room token it signs. Each call answers `{ ok, status, body }` and never throws. */

async function call(method, url, { body, headers = {} } = {}) {
  try {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const isJson = /\bjson\b/.test(answer.headers.get('Content-Type') ?? '');
    return { ok: answer.ok, status: answer.status, body: isJson ? await answer.json() : null };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}

const room = (id, rest) => `/demo/api/rooms/${encodeURIComponent(id)}/${rest}`;

export const backend = {
  rooms: () => call('GET', '/demo/api/rooms'),
  token: (id, side) => call('POST', room(id, 'token'), { body: { side } }),
  meetings: (id, side) => call('GET', room(id, `meetings?side=${side}`)),
  say: (id, side, text) => call('POST', room(id, 'messages'), { body: { side, text } }),
  cancel: (bookingId, { publishableKey, token, reason }) =>
    call('POST', `/v1/bookings/${encodeURIComponent(bookingId)}/cancel`, {
      body: reason ? { reason } : {},
      headers: { Authorization: `Bearer ${publishableKey}`, 'X-Room-Token': token },
    }),
};
