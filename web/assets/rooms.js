// The left column: every room, with the one of this page marked, and what is unread elsewhere.

import { get, post, roomPage, roomPath } from './api.js';
import { byId, make } from './dom.js';
import { onSubmit } from './forms.js';

const MOST = 99;

const shown = (count) => (count > MOST ? `${MOST}+` : String(count));

function badge({ messages = 0, mentions = 0 } = {}) {
  if (messages === 0) return null;
  const words = mentions > 0 ? `${shown(mentions)} mention you` : `${shown(messages)} unread`;
  return make('span', { className: mentions > 0 ? 'unread mentions' : 'unread', title: words },
    make('span', { 'aria-hidden': 'true' }, shown(mentions > 0 ? mentions : messages)),
    make('span', { className: 'unseen' }, `, ${words}`));
}

export class Rooms {
  #list;
  #current = 0;
  #rooms = [];
  #unread = new Map();
  #asking = 0;

  constructor(list) {
    this.#list = list;
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#current !== 0) this.refresh().catch(() => {});
    });
  }

  /** All that one sees, archived ones aside. */
  get all() {
    return this.#rooms.filter((room) => !room.is_archived);
  }

  /** How much is unread elsewhere is told to `total`. */
  onTotal = () => {};

  /** Reads them anew; `current` is a room's id, `name` who asks where nobody is signed in. */
  async refresh(current = this.#current, name = this.name) {
    this.#current = current;
    this.name = name;
    const { rooms } = await get('/api/rooms');
    this.#rooms = rooms;
    this.#show();
    if (name) await this.#count();
  }

  /** Something was said elsewhere. */
  hint() {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#count().catch(() => {}), 250);
  }

  async #count() {
    const { rooms } = await get(`/api/unread?as=${encodeURIComponent(this.name)}`);
    this.#unread = new Map(rooms.filter(({ id }) => id !== this.#current).map((each) => [each.id, each]));
    this.#show();
    this.onTotal([...this.#unread.values()].reduce((sum, { mentions }) => sum + mentions, 0));
  }

  #show() {
    const rooms = this.#rooms.filter((room) => !room.is_archived || room.id === this.#current);
    this.#list.replaceChildren(...rooms.map((room) => {
      const unread = this.#unread.get(room.id);
      const link = make('a', { href: roomPage(room.id), className: unread ? 'has-unread' : '', ...(room.id === this.#current ? { 'aria-current': 'page' } : {}) },
        make('span', { className: 'hash', 'aria-hidden': 'true' }, room.privacy === 'private' ? '·' : '#'),
        make('span', { className: 'name' }, room.name), badge(unread));
      return make('li', {}, link);
    }));
  }
}

/** The dialog that makes a room; `name` answers who makes it where nobody is signed in. */
export function watchNewRoom(name) {
  const dialog = byId('new-room-dialog');
  byId('new-room').addEventListener('click', () => {
    byId('new-room-form').reset();
    dialog.showModal();
  });
  byId('new-room-cancel').addEventListener('click', () => dialog.close());
  onSubmit('new-room-form', 'new-room-problem', async ({ room, topic, privacy }) => {
    const made = await post('/api/rooms', { name: room, topic, privacy, as: name() });
    location.assign(roomPage(made.room.id));
  });
}

/** The room as the host knows it. */
export const roomFacts = (room) => get(roomPath(room));
