// The room's page: who one is, the socket, and the parts that show what it says.

import { roomOfPage, roomPage } from './api.js';
import { AddonFrames } from './addon_frames.js';
import { Attention } from './attention.js';
import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { byId, make } from './dom.js';
import { watchDrawers } from './drawers.js';
import { editInPlace } from './editing.js';
import { Entrance } from './entrance.js';
import { forgetName, nameOfTab, setName } from './identity.js';
import { Live } from './live.js';
import { Outbox } from './outbox.js';
import { People } from './people.js';
import { roomFacts, showRooms } from './rooms.js';
import { isAdmin, session } from './session.js';
import { Timeline } from './timeline.js';

const STATES = { connecting: 'Connecting…', reconnecting: 'Connection lost. Trying again…' };

const room = roomOfPage();
let you = null;
let firstWelcome = true;
let wasConnected = false;  // since entering
let role = 'owner';        // of whoever is signed in; where nobody needs to be, one may do all

const attention = new Attention();
const people = new People(byId('people-list'), byId('people-count'));
const timeline = new Timeline({
  view: byId('timeline'), entries: byId('entries'), empty: byId('quiet-room'), newer: byId('newer'),
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
  error: (message, originId) => {
    if (!outbox.fail(originId, message)) say(message);
  },
  refused: (message) => entrance.refuse(message),
  renewed: () => location.reload(),
});
const outbox = new Outbox(byId('outbox'), room, (text, originId) => live.say(text, originId));
const composer = new Composer({ form: byId('composer'), draft: byId('draft'), send: byId('send') }, room, (text) => {
  outbox.add(text);
  timeline.toBottom();
});
const addons = new AddonFrames(room, composer, ownItems);
const entrance = new Entrance(enter);

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

function showRoom(facts) {
  attention.title = `${facts.name} · HipChat`;
  byId('room-name').textContent = facts.name;
  byId('room-topic').textContent = facts.topic;
  byId('to-integrations').href = `${roomPage(facts.id)}/integrations`;
  composer.placeholder = `Message ${facts.name}`;
  showRooms(byId('room-list'), facts.id).catch(() => {});
}

/** The style sheet marks what is one's own, and who is meant. */
function markOwn({ id, mention_name: mention }) {
  const rules = `[data-person="${id}"] .more { display: inline-grid; } [data-mention="${CSS.escape(mention.toLowerCase())}"] { background: var(--warning-soft); color: var(--warning); }`;
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
  firstWelcome = false;
  wasConnected = true;
}

/** Own messages can be edited and deleted. */
function ownItems(entry) {
  const { change } = entry;
  if (change.kind !== 'message' || change.person.id !== you?.id || change.text === null) return [];
  return [
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
