// Who is in the room.

import { avatar } from './avatar.js';
import { make } from './dom.js';

const SHOWN = { away: 'away', xa: 'away', dnd: 'not to be disturbed' };

/** What somebody says of themselves. */
function statusOf({ presence }) {
  const words = [SHOWN[presence?.show], presence?.status].filter(Boolean).join(': ');
  return words === '' ? null : make('small', { className: 'status' }, words);
}

export class People {
  #list;
  #count;

  constructor(list, count) {
    this.#list = list;
    this.#count = count;
  }

  /** Who was shown last. */
  all = [];

  /** `you` is the person of this tab, or null. */
  show(people, you) {
    this.all = people;
    const byName = [...people].sort((a, b) => a.name.localeCompare(b.name));
    this.#count.textContent = String(people.length);
    this.#list.replaceChildren(...byName.map((person) =>
      make('li', { data: { person: person.id } },
        avatar(person.name),
        make('span', { className: 'name', title: `@${person.mention_name}` }, person.name, statusOf(person)),
        person.id === you?.id ? make('span', { className: 'aside' }, 'you') : null)));
  }
}
