// The room's page: who one is, the socket, and the parts that show what it says.

import { get, roomOfPage, roomPage, roomPath } from './api.js';
import { AddonFrames } from './addon_frames.js';
import { Attention } from './attention.js';
import { avatar } from './avatar.js';
import { Completion } from './completion.js';
import { Composer } from './composer.js';
import { byId, make } from './dom.js';
import { watchDrawers } from './drawers.js';
import { editInPlace } from './editing.js';
import { Entrance } from './entrance.js';
import { forgetName, nameOfTab, setName } from './identity.js';
import { Live } from './live.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { roomFacts, Rooms, watchNewRoom } from './rooms.js';
import { isAdmin, session } from './session.js';
import { Switcher } from './switcher.js';
import { Timeline } from './timeline.js';
import { Uploads } from './uploads.js';

const STATES = { connecting: 'Connecting…', reconnecting: 'Connection lost. Trying again…' };

const room = roomOfPage();
let you = null;
let facts = null;  // of the room
let firstWelcome = true;
let wasConnected = false;  // since entering
let role = 'owner';        // of whoever is signed in; where nobody needs to be, one may do all

const past = (query) => get(`${roomPath(room)}/past?${query}`);
const attention = new Attention();
const rooms = new Rooms(byId('room-list'));
const people = new People(byId('people-list'), byId('people-count'));
const timeline = new Timeline({
  view: byId('timeline'), entries: byId('entries'), empty: byId('quiet-room'), newer: byId('newer'),
  load: { before: (seq) => past(`before=${seq}`), around: (seq) => past(`around=${seq}`), now: () => past('limit=75') },
});
const live = new Live(room, {
  state: showState,
  welcome,
  change: show,
  people: (list) => {
    people.show(list, you);
    addons.people = list;
  },
  glance: (frame) => addons.glancePushed(frame),
  elsewhere: () => rooms.hint(),
  error: (message, originId) => {
    if (!outbox.fail(originId, message)) say(message);
  },
  refused: (message) => entrance.refuse(message),
  renewed: () => location.reload(),
});
const outbox = new Outbox(byId('outbox'), room, (...message) => live.say(...message));
const composer = new Composer({ form: byId('composer'), draft: byId('draft'), send: byId('send') }, room, (text, parentId) => {
  outbox.add(text, parentId);
  timeline.toBottom();
});
const addons = new AddonFrames(room, composer, ownItems);
const entrance = new Entrance(enter);
new Completion(byId('draft'), () => people.all);
const uploads = new Uploads(room, byId('outbox'), () => you?.name ?? null);
new Switcher(rooms, (change) => goTo(change));
watchNewRoom(() => you?.name ?? '');
rooms.onTotal = (mentions) => { attention.elsewhere = mentions; };

/** Shows a message, here or in its own room. */
async function goTo(change) {
  if (change.room_id !== facts?.id) location.assign(`${roomPage(change.room_id)}?at=${change.seq}&message=${encodeURIComponent(change.id)}`);
  else await timeline.jump(change).catch((error) => say(error.message));
}

/** A message that the address names: `?at=seq&message=id`. */
async function goToNamed() {
  const address = new URL(location.href);
  const [seq, id] = [Number(address.searchParams.get('at')), address.searchParams.get('message')];
  if (!seq || !id) return;
  address.search = '';
  history.replaceState(null, '', address);
  await timeline.jump({ seq, id });
}

function enter(name) {
  setName(name);
  wasConnected = false;
  live.enter(name);
}

function say(text) {
  const state = byId('state');
  state.textContent = text;
  state.hidden = text === '';
}

function showState(state) {
  document.body.dataset.state = state;
  composer.connected = state === 'open';
  byId('leave').hidden = state === 'closed';
  if (state === 'connecting') say(wasConnected ? STATES.reconnecting : STATES.connecting);
  else say('');
}

/** What only those see who may change the room. */
async function showRights() {
  const { may_change: mayChange } = await roomFacts(room);
  byId('to-access').hidden = !mayChange || byId('to-profile').hidden;
  byId('to-access').href = `${roomPage(room)}/access`;
  addons.rights = { isAdmin: isAdmin(role), isGuest: role === 'guest', mayChange };
}

function showRoom(room_) {
  facts = room_;
  attention.title = `${facts.name} · HipChat`;
  byId('room-name').textContent = facts.name;
  byId('room-topic').textContent = facts.topic;
  byId('to-integrations').href = `${roomPage(facts.id)}/integrations`;
  composer.placeholder = `Message ${facts.name}`;
  rooms.refresh(facts.id, you?.name).catch(() => {});
}

/** The style sheet marks what is one's own, and who is meant. */
function markOwn({ id, mention_name: mention }) {
  const rules = `[data-mention="all"], [data-mention="here"], [data-mention="${CSS.escape(mention.toLowerCase())}"] { background: var(--warning-soft); color: var(--warning); }`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}

function showYou(person) {
  you = person;
  byId('me').hidden = person === null;
  if (person === null) return;
  byId('me').replaceChildren(avatar(person.name), make('span', { className: 'name' }, person.name));
}

function welcome(frame) {
  showYou(frame.you);
  showRoom(frame.room);
  people.show(frame.people, you);
  markOwn(frame.you);
  showRights().then(() => addons.enter(frame.room, frame.you, frame.people)).catch((error) => say(error.message));
  for (const change of frame.changes) settle(change);
  if (firstWelcome) timeline.fill(frame.changes);
  else frame.changes.forEach(show);
  // The socket counts as open only after this call.
  queueMicrotask(() => outbox.resend());
  if (firstWelcome) {
    timeline.toBottom();
    composer.focus();
  }
  if (firstWelcome) goToNamed().catch((error) => say(error.message));
  firstWelcome = false;
  wasConnected = true;
  byId('new-room').hidden = role === 'guest';
  noteRead();
}

let noted = 0;  // seq that the host knows to be read

/** Tells the host what was read, once nothing changes for a moment. */
function noteRead() {
  clearTimeout(noteRead.timer);
  noteRead.timer = setTimeout(() => {
    if (document.hidden || !timeline.follows || live.cursor === null || live.cursor <= noted) return;
    if (live.read(live.cursor)) noted = live.cursor;
  }, 300);
}
document.addEventListener('visibilitychange', noteRead);
byId('timeline').addEventListener('scroll', noteRead, { passive: true });
byId('entries').addEventListener('click', (event) => {
  const parent = event.target.closest('.parent')?.change;
  if (parent) goTo(parent);
});

/** Messages can be answered; one's own can be edited and deleted. */
function ownItems(entry) {
  const { change } = entry;
  if (change.kind !== 'message' || change.text === null) return [];
  const reply = { label: 'Reply', run: () => composer.answer(change) };
  if (change.person.id !== you?.id) return [reply];
  return [
    reply,
    { label: 'Edit', run: () => editInPlace(entry, (text) => live.edit(change.id, text) || say('You are not connected; try again.')) },
    { label: 'Delete', run: () => live.edit(change.id, null) || say('You are not connected; try again.') },
  ];
}

function settle(change) {
  if (change.kind === 'message' && change.person.id === you?.id) outbox.settle(change.origin_id);
}

function show(change) {
  settle(change);
  timeline.add(change);
  noteRead();
  addons.notice(change);
  if (change.kind === 'topic') byId('room-topic').textContent = change.topic;
  attention.notice(change, change.person !== undefined && change.person.id === you?.id);
}

byId('leave').addEventListener('click', () => {
  live.leave();
  forgetName();
  addons.leave();
  showYou(null);
  people.show([], null);
  entrance.askAgain();
});
watchDrawers([[byId('open-rooms'), byId('rooms')], [byId('open-people'), byId('people')]], byId('shade'));

/** Before anybody is in the room. */
async function look() {
  entrance.ask();
  const answer = await roomFacts(room);
  showRoom(answer.room);
  people.show(answer.people, null);
}

async function start() {
  const { you: signedIn } = await session();
  const name = signedIn?.name ?? nameOfTab();
  role = signedIn?.role ?? role;
  entrance.isNamed = signedIn !== null;
  if (name !== '') enter(name);
  else await look();
}
start().catch((error) => entrance.refuse(error.message));
