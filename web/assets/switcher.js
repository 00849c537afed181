// One box to go anywhere: rooms by their names, messages by their words. Ctrl+K or Cmd+K opens it;
// arrow keys choose, Enter goes there.

import { get, roomPage } from './api.js';
import { byId, make } from './dom.js';
import { dayName, timeOf } from './dates.js';
import { excerpt } from './replies.js';

const PAUSE = 180;      // milliseconds without a key before messages are looked for
const MOST_ROOMS = 6;

/** "lb" finds "Lobby": the letters in their order. */
function matches(name, typed) {
  let at = 0;
  for (const letter of typed.toLowerCase()) {
    at = name.toLowerCase().indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** {words, from, room} of what was typed: `from:ada in:lobby ship it`. */
export function readQuery(typed) {
  const query = { words: [], from: '', room: '' };
  for (const part of typed.split(/\s+/u)) {
    const [, name, value] = /^(from|in):(.+)$/u.exec(part) ?? [];
    if (name === 'from') query.from = value.replace(/^@/u, '');
    else if (name === 'in') query.room = value;
    else if (part !== '') query.words.push(part);
  }
  return { ...query, words: query.words.join(' ') };
}

export class Switcher {
  #dialog = byId('switcher');
  #box = byId('switcher-box');
  #list = byId('switcher-list');
  #rooms;
  #jump;
  #chosen = 0;
  #timer = 0;
  #asked = 0;

  /** `rooms` is the column; `jump(change)` goes to a message, in this room or another. */
  constructor(rooms, jump) {
    this.#rooms = rooms;
    this.#jump = jump;
    byId('open-switcher').addEventListener('click', () => this.open());
    document.addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      this.open();
    });
    this.#box.addEventListener('input', () => this.#typed());
    this.#box.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('click', (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.#go(option);
    });
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  open() {
    if (document.querySelector('dialog[open]')) return;
    this.#box.value = '';
    this.#show(this.#roomOptions(''), []);
    this.#dialog.showModal();
    this.#box.focus();
  }

  #typed() {
    const typed = this.#box.value.trim();
    this.#show(this.#roomOptions(typed), []);
    clearTimeout(this.#timer);
    const { words, from, room } = readQuery(typed);
    if (words.length < 2 && from === '') return;
    this.#timer = setTimeout(() => this.#search({ words, from, room }, typed), PAUSE);
  }

  async #search({ words, from, room }, typed) {
    const asked = ++this.#asked;
    const query = new URLSearchParams({ q: words, from });
    if (room !== '') query.set('room', room);
    const { changes } = await get(`/api/search?${query}`).catch(() => ({ changes: [] }));
    if (asked !== this.#asked || typed !== this.#box.value.trim()) return;
    const names = new Map(this.#rooms.all.map((each) => [each.id, each.name]));
    this.#show(this.#roomOptions(typed), changes.map((change) => {
      const at = new Date(change.at);
      return this.#option({ change }, make('span', { className: 'found-text' }, excerpt(change)),
        make('small', {}, `${names.get(change.room_id) ?? ''} · ${dayName(at)} ${timeOf(at)}`));
    }), changes.length === 0 && 'No message has these words.');
  }

  #roomOptions(typed) {
    return this.#rooms.all.filter(({ name }) => matches(name, typed)).slice(0, MOST_ROOMS).map((room) =>
      this.#option({ room }, make('span', { className: 'found-text' }, room.name), make('small', {}, room.topic)));
  }

  #option(target, ...content) {
    const option = make('li', { role: 'option', 'aria-selected': 'false' }, ...content);
    option.target = target;
    return option;
  }

  #show(rooms, messages, nothing = false) {
    const heading = (text) => make('li', { className: 'heading', role: 'presentation' }, text);
    this.#list.replaceChildren(
      ...(rooms.length > 0 ? [heading('Rooms'), ...rooms] : []),
      ...(messages.length > 0 ? [heading('Messages'), ...messages] : []),
      ...(nothing ? [heading(nothing)] : []));
    this.#options().forEach((option, index) => { option.id = `switcher-option-${index}`; });
    this.#choose(0);
  }

  #options() {
    return [...this.#list.querySelectorAll('[role="option"]')];
  }

  #choose(index) {
    const options = this.#options();
    this.#chosen = options.length === 0 ? 0 : (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === this.#chosen)));
    const chosen = options[this.#chosen];
    if (chosen) this.#box.setAttribute('aria-activedescendant', chosen.id);
    else this.#box.removeAttribute('aria-activedescendant');
    chosen?.scrollIntoView({ block: 'nearest' });
  }

  #key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.#choose(this.#chosen + step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const option = this.#options()[this.#chosen];
      if (option) this.#go(option);
    }
  }

  #go({ target }) {
    this.#dialog.close();
    if (target.room) location.assign(roomPage(target.room.id));
    else this.#jump(target.change);
  }
}
