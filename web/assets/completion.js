// Names after an "@" and emoticons after a "(", offered above the message box while one types.

import { avatar } from './avatar.js';
import { byId, make } from './dom.js';
import { EMOTICONS, emoticon } from './emoticons.js';

const MOST = 6;
const BEGUN = /(^|\s)([@(])([\p{L}\p{N}_]*)$/u;
const EVERYBODY = [
  { name: 'Everybody in the room', mention_name: 'all' }, { name: 'Everybody who is here', mention_name: 'here' },
];

export class Completion {
  #draft;
  #list = byId('completions');
  #people;
  #chosen = 0;

  /** `people()` are those who can be meant. */
  constructor(draft, people) {
    this.#draft = draft;
    this.#people = people;
    draft.addEventListener('input', () => this.#offer());
    draft.addEventListener('blur', () => this.#close());
    // Before the composer, for which Enter sends.
    draft.addEventListener('keydown', (event) => this.#key(event), { capture: true });
  }

  #begun() {
    if (this.#draft.selectionStart !== this.#draft.selectionEnd) return null;
    return BEGUN.exec(this.#draft.value.slice(0, this.#draft.selectionStart));
  }

  #offer() {
    const [, , sign, typed] = this.#begun() ?? [];
    const begins = (text) => text.toLowerCase().startsWith(typed.toLowerCase());
    let options = [];
    if (sign === '@') {
      options = [...this.#people(), ...EVERYBODY].filter((each) => begins(each.mention_name) || begins(each.name))
        .map((each) => this.#option(`@${each.mention_name} `, avatar(each.name), each.name, make('small', {}, `@${each.mention_name}`)));
    } else if (sign === '(' && typed !== '') {
      options = EMOTICONS.filter(begins).map((name) => this.#option(`(${name}) `, emoticon(name), `(${name})`));
    }
    if (options.length === 0) this.#close();
    else this.#show(options.slice(0, MOST));
  }

  #option(text, ...content) {
    const option = make('li', { role: 'option' }, ...content);
    option.completes = text;
    // The draft keeps the focus.
    option.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.#take(option);
    });
    return option;
  }

  #show(options) {
    options.forEach((option, index) => { option.id = `completion-${index}`; });
    this.#list.replaceChildren(...options);
    this.#list.hidden = false;
    this.#draft.setAttribute('aria-expanded', 'true');
    this.#choose(0);
  }

  #choose(index) {
    const options = [...this.#list.children];
    this.#chosen = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === this.#chosen)));
    this.#draft.setAttribute('aria-activedescendant', options[this.#chosen].id);
  }

  #close() {
    this.#list.hidden = true;
    this.#draft.setAttribute('aria-expanded', 'false');
    this.#draft.removeAttribute('aria-activedescendant');
  }

  #take(option) {
    const begun = this.#begun();
    if (begun) {
      const end = this.#draft.selectionStart;
      this.#draft.setRangeText(option.completes, end - begun[3].length - 1, end, 'end');
      this.#draft.dispatchEvent(new Event('input'));
    }
    this.#close();
  }

  /** What was typed is what would be completed: Enter sends it. */
  #isWhole() {
    const [, , sign, typed] = this.#begun() ?? [];
    return this.#list.children[this.#chosen].completes.trim().toLowerCase() === `${sign}${typed}`.toLowerCase();
  }

  #key(event) {
    if (this.#list.hidden || event.isComposing) return;
    if (event.key === 'Enter' && this.#isWhole()) {
      this.#close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) this.#choose(this.#chosen + step);
    else if (event.key === 'Enter' || event.key === 'Tab') this.#take(this.#list.children[this.#chosen]);
    else if (event.key === 'Escape') this.#close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
