// The card that asks who one is: at first, and after leaving.

import { byId } from './dom.js';
import { suggestedName } from './identity.js';

const FIRST = 'Choose the name that others in this room will see. It belongs to this browser tab.';

export class Entrance {
  #card = byId('entrance');
  #title = byId('entrance-title');
  #text = byId('entrance-text');
  #name = byId('name');
  #problem = byId('entrance-problem');
  #known = false;
  #behind = [byId('timeline'), byId('composer')];  // out of reach while the card is shown

  /** `enter(name)` is called when a name was chosen. */
  constructor(enter) {
    byId('entrance-form').addEventListener('submit', (event) => {
      event.preventDefault();
      const name = this.#name.value.trim().replace(/\s+/gu, ' ');
      if (name === '' && !this.#known) {
        this.#complain('Please type a name.');
        return;
      }
      this.#hide();
      enter(name);
    });
  }

  /** True: it is known who one is, only not whether one wants to come in. */
  set isNamed(known) {
    byId('name-part').hidden = known;
    this.#name.required = !known;
    this.#known = known;
  }

  ask() {
    this.#show('Who are you?', FIRST);
  }

  askAgain() {
    this.#show('You left the room', this.#known ? 'Come back any time.' : 'Come back any time, also under another name.');
  }

  /** Something is wrong that another try may cure. */
  refuse(message) {
    this.#show('You are not in the room', 'The host said no:');
    this.#complain(message);
  }

  #show(title, text) {
    this.#title.textContent = title;
    this.#text.textContent = text;
    this.#problem.hidden = true;
    this.#name.value = suggestedName();
    this.#card.hidden = false;
    for (const part of this.#behind) part.inert = true;
    this.#name.focus();
    this.#name.select();
  }

  #hide() {
    this.#card.hidden = true;
    for (const part of this.#behind) part.inert = false;
  }

  #complain(message) {
    this.#problem.textContent = message;
    this.#problem.hidden = false;
  }
}
