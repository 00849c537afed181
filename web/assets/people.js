// Who is in the room.

import { avatar } from './avatar.js';
import { make } from './dom.js';

export class People {
  #list;
  #count;

  constructor(list, count) {
    this.#list = list;
    this.#count = count;
  }

  /** `you` is the person of this tab, or null. */
  show(people, you) {
    const byName = [...people].sort((a, b) => a.name.localeCompare(b.name));
    this.#count.textContent = String(people.length);
    this.#list.replaceChildren(...byName.map((person) =>
      make('li', { data: { person: person.id } },
        avatar(person.name),
        make('span', { className: 'name', title: `@${person.mention_name}` }, person.name),
        person.id === you?.id ? make('span', { className: 'aside' }, 'you') : null)));
  }
}
