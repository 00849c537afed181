// The left column: every room, with the one of this page marked.

import { get, roomPage, roomPath } from './api.js';
import { make } from './dom.js';

/** Fills `list`; a failure leaves it empty, the room works without. `current` is a room's id. */
export async function showRooms(list, current) {
  const { rooms } = await get('/api/rooms');
  list.replaceChildren(...rooms.filter((room) => !room.is_archived || room.id === current).map((room) =>
    make('li', {}, make('a', { href: roomPage(room.id), ...(room.id === current ? { 'aria-current': 'page' } : {}) },
      make('span', { className: 'hash', 'aria-hidden': 'true' }, room.privacy === 'private' ? '·' : '#'),
      make('span', { className: 'name' }, room.name)))));
}

/** The room as the host knows it. */
export const roomFacts = (room) => get(roomPath(room));
