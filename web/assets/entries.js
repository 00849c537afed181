// One change of the room's log as an element of the timeline. Answers null for kinds that this page
// does not know.

import { avatar } from './avatar.js';
import { cardNode } from './cards.js';
import { fullDate, timeOf } from './dates.js';
import { make } from './dom.js';
import { fileNode } from './files.js';
import { parentLine } from './replies.js';
import { fromSanitised, fromText, fromTyped } from './text.js';

const COLORS = new Set(['yellow', 'green', 'red', 'purple', 'gray']);

function time(at) {
  return make('time', { dateTime: at.toISOString(), title: fullDate(at) }, timeOf(at));
}

function line(at, kind, ...what) {
  return make('div', { className: `entry line ${kind}` }, make('p', {}, ...what), time(at));
}

/** What can be done with a message; shown by the style sheet when there is something. */
const more = () => make('button', {
  className: 'icon more', type: 'button', title: 'More', 'aria-label': 'What can be done with this message', 'aria-haspopup': 'menu', 'aria-expanded': 'false',
}, '⋯');

const strong = (text) => make('b', {}, text);

function message(change, at, follows) {
  return make('article', { className: follows ? 'entry message follows' : 'entry message' },
    avatar(change.person.name),
    make('header', {}, make('b', { className: 'who' }, change.person.name), ' ', time(at)),
    change.parent_id ? parentLine(change.parent_id, change.room_id) : null,
    make('div', { className: 'text' }, typed(change)),
    more());
}

function typed({ text, edited, person, file }) {
  if (text === null) return [make('i', { className: 'deleted' }, 'This message was deleted.')];
  return [fromTyped(text, person.name), edited ? make('span', { className: 'edited', title: fullDate(new Date(edited)) }, ' (edited)') : null, fileNode(file)];
}

/** Shows what a message has become: {text, edited} of its change. */
export function amend(element, { text, edited }) {
  element.change = { ...element.change, text, edited };
  element.querySelector('.text').replaceChildren(...typed(element.change).filter((part) => part !== null));
}

function notification(change, at) {
  const color = COLORS.has(change.color) ? change.color : 'gray';
  const isHtml = change.format === 'html' && typeof change.html === 'string';
  return make('article', { className: `entry notification ${color}` },
    avatar(change.from, 'addon'),
    make('header', {},
      make('b', { className: 'who' }, change.from), ' ',
      make('span', { className: 'badge' }, 'add-on'), ' ',
      change.label ? [make('span', { className: 'label' }, change.label), ' '] : null,
      time(at)),
    make('div', { className: isHtml ? 'text markup' : 'text' },
      cardNode(change.card) ?? (isHtml ? fromSanitised(change.html) : fromText(change.text ?? ''))),
    more());
}

const BY_KIND = {
  enter: (change, at) => line(at, 'enter', strong(change.person.name), ' entered the room'),
  exit: (change, at) => line(at, 'exit', strong(change.person.name), ' left the room'),
  installed: (change, at) => line(at, 'installed', strong(change.addon.name), ' was added to the room'),
  uninstalled: (change, at) => line(at, 'uninstalled', strong(change.addon.name), ' was removed from the room'),
  topic: (change, at) => line(at, 'topic', strong(change.person?.name ?? change.by ?? 'Somebody'), ` changed the topic to “${change.topic}”`),
  invited: (change, at) => line(at, 'invited', strong(change.by), ' invited ', strong(change.person.name), change.reason ? `: ${change.reason}` : ''),
  room_archived: (change, at) => line(at, 'archived', 'The room was archived'),
  room_unarchived: (change, at) => line(at, 'archived', 'The room is open again'),
  message,
  notification,
};

/** `follows`: the message belongs to the one above, by the same person. */
export function entryFor(change, at, follows) {
  const build = BY_KIND[change.kind];
  if (build === undefined) return null;
  const element = build(change, at, follows);
  element.change = change;
  if (change.person) element.dataset.person = change.person.id;
  Object.assign(element.dataset, { seq: change.seq, kind: change.kind, id: change.id });
  return element;
}
