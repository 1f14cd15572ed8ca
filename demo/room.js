import { backend } from './backend.js';
import { timeIn } from './clock.js';
import { avatar, element } from './element.js';
import { languageOfAddress, offerLanguages } from './language.js';
import { screeningHint } from './screening-hint.js';
import { drawThread } from './thread.js';

const $ = (id) => document.getElementById(id);
const sheet = $('sheet');

/** Everything the page knows. `token` is the room token of the side one looks from. */
const page = { publishableKey: '', rooms: [], room: null, side: 'client', place: 'room', token: '', meetings: [], waiting: 0 };

await start();

async function start() {
  const answer = await backend.rooms();
  if (!answer.ok) return say('The room cannot be loaded right now.');
  Object.assign(page, answer.body);
  addEventListener('hashchange', () => void enter(...whereTo()));
  document.addEventListener('parley:token-expired', () => void renewToken());
  document.addEventListener('parley:booked', () => void refreshMeetings());
  document.addEventListener('parley:reschedule', (event) => {
    event.preventDefault();
    openMove(event.detail);
  });
  document.addEventListener('parley:rescheduled', () => void refreshMeetings());
  document.addEventListener('parley:meetings-changed', (event) => {
    countWaiting(event.detail);
    void refreshMeetings();
  });
  offerLanguages($('language'), speak);
  $('hide-panel').addEventListener('click', () => showPanel(false));
  $('panel').addEventListener('keydown', (event) => event.key === 'Escape' && showPanel(false));
  $('close').addEventListener('click', () => sheet.close());
  sheet.addEventListener('close', () => $('sheet-body').replaceChildren());
  sheet.addEventListener('click', (event) => event.target === sheet && sheet.close());
  $('schedule').addEventListener('click', openScheduler);
  $('composer').addEventListener('submit', (event) => void send(event));
  $('text').addEventListener('input', () => hint(''));
  $('text').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey) $('composer').requestSubmit();
    if (event.key === 'Enter' && !event.shiftKey) event.preventDefault();
  });
  // The notice above arrives later and makes the thread shorter; its end stays in view.
  new ResizeObserver(() => ($('thread').scrollTop = $('thread').scrollHeight)).observe($('thread'));
  setInterval(drawClocks, 15_000);
  setInterval(() => document.visibilityState === 'visible' && void refreshMeetings(), 20_000);
  await enter(...whereTo());
}

/** The address says it: `#room/side`, and behind it `availability` for a freelancer's own settings. */
function whereTo() {
  const [id, as, place] = location.hash.slice(1).split('/');
  const side = as === 'freelancer' ? 'freelancer' : 'client';
  return [id, side, side === 'freelancer' && place === 'availability' ? 'office' : 'room'];
}

async function enter(id, side, place) {
  page.room = page.rooms.find((room) => room.id === id) ?? page.rooms[0];
  page.side = side;
  const hasMoved = page.place !== place;
  page.place = place;
  page.meetings = [];
  page.waiting = 0;
  hint('');
  drawRooms();
  drawPerson();
  draw();
  $('room').hidden = place === 'office';
  $('office').hidden = place !== 'office';
  $('panel').hidden = place === 'office';
  if (hasMoved && place === 'office') $('office-title').focus();
  await renewToken();
  drawOffice();
  await refreshMeetings();
}

/** The freelancer's settings stay as they are while one looks into the room and comes back. */
function drawOffice() {
  const { room, side, place } = page;
  const open = $('office-body').querySelector('parley-availability');
  if (side !== 'freelancer' || (open && open.dataset.room !== room.id)) $('office-body').replaceChildren();
  if (place !== 'office' || $('office-body').firstChild) return;
  $('office-body').replaceChildren(parley('parley-availability', { 'data-room': room.id }));
}

async function renewToken() {
  const { room, side } = page;
  const answer = await backend.token(room.id, side);
  if (!answer.ok || room !== page.room || side !== page.side) return;
  page.token = answer.body.token;
  const notice = $('terms').querySelector('parley-notice');
  if (notice?.dataset.room === room.id && notice.dataset.side === side) notice.setAttribute('room-token', page.token);
  else $('terms').replaceChildren(parley('parley-notice', { placement: 'messageRoom', 'data-room': room.id, 'data-side': side }));
  putMeetings();
  $('sheet-body').querySelector('parley-scheduler')?.setAttribute('room-token', page.token);
  const settings = $('office-body').querySelector('parley-availability');
  if (settings?.dataset.room === room.id && side === 'freelancer') settings.setAttribute('room-token', page.token);
}

/** The list of meetings beside the thread; a renewed token leaves what is typed in it alone. */
function putMeetings() {
  const { room, side, token } = page;
  const list = $('meetings').querySelector('parley-meetings');
  if (list?.dataset.room === room.id && list.dataset.side === side) return list.setAttribute('room-token', token);
  const other = room[side === 'client' ? 'freelancer' : 'client'];
  $('meetings').replaceChildren(
    parley('parley-meetings', {
      'event-type': room.freelancer.eventTypeId,
      'time-zone': room[side].timeZone,
      'other-name': other.name.split(' ')[0],
      'data-room': room.id,
      'data-side': side,
    }),
  );
}

/** What waits for this side stands on the button that shows the list, where the screen is too narrow to keep it in view. */
function countWaiting({ bookings, proposals }) {
  const role = page.side === 'client' ? 'invitee' : 'host';
  const isAhead = ({ end }) => Date.parse(end) > Date.now();
  const requests = bookings.filter((one) => role === 'host' && isAhead(one) && (one.status === 'requested' || one.rescheduleTo));
  const offers = proposals.filter(({ status, by }) => status === 'open' && by !== role);
  page.waiting = requests.length + offers.length;
  drawPanelButton();
}

function drawPanelButton() {
  const count =
    page.waiting === 0
      ? null
      : element('span', { class: 'count' }, `${page.waiting}`, element('span', { class: 'hidden' }, ' waiting for you'));
  $('show-panel').replaceChildren('Meetings', count ?? '');
}

function showPanel(isShown) {
  $('panel').classList.toggle('shown', isShown);
  $('show-panel').setAttribute('aria-expanded', String(isShown));
  $(isShown ? 'hide-panel' : 'show-panel').focus();
}

async function refreshMeetings() {
  const { room, side } = page;
  const answer = await backend.meetings(room.id, side);
  if (!answer.ok || room !== page.room || side !== page.side) return;
  const isNew = JSON.stringify(answer.body.data) !== JSON.stringify(page.meetings);
  page.meetings = answer.body.data;
  if (isNew) draw();
}

function draw() {
  const { room, side, meetings } = page;
  drawThread($('thread'), { messages: room.messages, meetings, side, people: room, onMove: openMove, onCancel: openCancel });
}

function drawRooms() {
  $('rooms').replaceChildren(
    ...page.rooms.map((room) => {
      const person = room[page.side === 'client' ? 'freelancer' : 'client'];
      const about = page.side === 'client' ? `${person.role}, ${person.city}` : `Client of ${room.freelancer.name}`;
      const last = room.messages.at(-1);
      return element(
        'li',
        {},
        element(
          'a',
          {
            href: `#${room.id}/${page.side}`,
            'aria-current': room === page.room ? 'page' : null,
          },
          avatar(person.name),
          element(
            'span',
            { class: 'room-text' },
            element('strong', {}, person.name),
            element('span', { class: 'faint' }, about),
            element('span', { class: 'last faint' }, last?.text ?? ''),
          ),
        ),
      );
    }),
  );
  $('sides').replaceChildren(
    ...['client', 'freelancer'].map((side) =>
      element(
        'a',
        { href: `#${page.room.id}/${side}`, 'aria-current': side === page.side ? 'true' : null },
        `${page.room[side].name.split(' ')[0]} `,
        element('span', {}, side),
      ),
    ),
  );
  const isClient = page.side === 'client';
  $('schedule').hidden = !isClient;
  $('to-office').hidden = isClient;
  $('to-office').href = `#${page.room.id}/freelancer/availability`;
  $('to-room').href = `#${page.room.id}/freelancer`;
  $('hint').textContent = isClient ? '' : `${page.room.client.name.split(' ')[0]} books from your free times`;
}

function drawPerson() {
  const other = page.room[page.side === 'client' ? 'freelancer' : 'client'];
  $('person').replaceChildren(
    avatar(other.name),
    element('div', {}, element('h1', {}, other.name), element('p', { class: 'faint' }, other.role ?? `Client, ${other.city}`)),
    element('dl', { class: 'clocks', id: 'clocks' }),
    element('button', {
      type: 'button',
      class: 'button quiet',
      id: 'show-panel',
      'aria-expanded': String($('panel').classList.contains('shown')),
      'aria-controls': 'panel',
      onclick: () => showPanel(true),
    }),
  );
  drawPanelButton();
  drawClocks();
}

function drawClocks() {
  const clock = (side) => {
    const person = page.room[side];
    return element(
      'div',
      {},
      element('dt', {}, side === page.side ? 'You' : person.name.split(' ')[0]),
      element('dd', {}, `${timeIn(person.timeZone, Date.now())} `, element('span', {}, person.city)),
    );
  };
  $('clocks').replaceChildren(clock('client'), clock('freelancer'));
}

function openScheduler() {
  open(
    'Schedule a call',
    parley('parley-scheduler', { 'event-type': page.room.freelancer.eventTypeId, 'time-zone': page.room[page.side].timeZone }),
  );
}

function openMove(booking) {
  const scheduler = parley('parley-scheduler', { 'event-type': booking.eventTypeId, 'time-zone': page.room[page.side].timeZone });
  scheduler.rescheduleOf = { id: booking.id, start: booking.start, end: booking.end };
  open('Reschedule the call', scheduler);
}

function openCancel(booking) {
  const problem = element('p', { class: 'problem', role: 'alert' });
  const reason = element('textarea', { id: 'reason', rows: '3', maxlength: '500' });
  const onsubmit = async (event) => {
    event.preventDefault();
    const { publishableKey, token } = page;
    const answer = await backend.cancel(booking.id, { publishableKey, token, reason: reason.value.trim() });
    if (answer.ok) {
      sheet.close();
      await refreshMeetings();
      say('The call is cancelled.');
    } else problem.textContent = answer.body?.detail ?? 'That did not work. Please try again.';
  };
  const form = element(
    'form',
    { class: 'cancel', onsubmit },
    element('p', {}, `${booking.title} will be cancelled for both of you, and the time is free again.`),
    element('label', { for: 'reason' }, 'A word to explain (optional)'),
    reason,
    problem,
    element(
      'div',
      { class: 'cancel-row' },
      element('button', { type: 'submit', class: 'button solid' }, 'Cancel the call'),
      element('button', { type: 'button', class: 'button quiet', onclick: () => sheet.close() }, 'Keep it'),
    ),
  );
  open('Cancel the call?', form, 'narrow');
}

function open(title, content, width = '') {
  $('sheet-title').textContent = title;
  $('sheet-body').replaceChildren(content);
  sheet.className = width;
  sheet.showModal();
}

/** A Parley element, ready for this room and side. */
function parley(tag, attributes) {
  return element(tag, { 'publishable-key': page.publishableKey, 'room-token': page.token, lang: languageOfAddress(), ...attributes });
}

/** Has every Parley element speak another language; what is open or typed in them stays. */
function speak(language) {
  for (const one of document.querySelectorAll('parley-notice, parley-meetings, parley-availability, parley-scheduler')) one.lang = language;
}

async function send(event) {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text === '') return;
  const { room, side } = page;
  const answer = await backend.say(room.id, side, text);
  if (!answer.ok) return hint(screeningHint(answer.body) ?? 'The message was not sent. Please try again.');
  $('text').value = '';
  hint(screeningHint(answer.body) ?? '');
  room.messages.push(answer.body);
  draw();
  drawRooms();
}

/** What stands below the words one is writing; empty takes it away. */
function hint(text) {
  $('screened').textContent = text;
  $('text').setAttribute('aria-invalid', String(text !== ''));
}

/** Tells something small, to eyes and screen readers alike. */
function say(text) {
  $('said').textContent = text;
  $('said').classList.remove('hidden');
}
