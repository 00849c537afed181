// The message box: Enter sends, Shift+Enter starts a line. While the room is not connected nothing
// can be sent; what is written stays, also over a reload.

import { byId } from './dom.js';
import { keep, kept } from './identity.js';
import { excerpt } from './replies.js';

export class Composer {
  #form;
  #draft;
  #send;
  #key;
  #connected = false;
  #parent = null;

  /** `submit(text, parentId)` takes what was written, and what it answers to or null. */
  constructor({ form, draft, send }, room, submit) {
    this.#form = form;
    this.#draft = draft;
    this.#send = send;
    this.#key = `hipchat.draft.${room}`;
    draft.value = kept(this.#key);
    byId('replying-stop').addEventListener('click', () => {
      this.answer(null);
      draft.focus();
    });
    draft.addEventListener('input', () => this.#changed());
    draft.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.answer(null);
      // While an input method composes, Enter chooses a word.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = draft.value.trim();
      if (!this.#connected || text === '') return;
      draft.value = '';
      this.#changed();
      submit(text, this.#parent?.id ?? null);
      this.answer(null);
      draft.focus();
    });
    this.#changed();
  }

  set connected(on) {
    this.#connected = on;
    this.#form.classList.toggle('offline', !on);
    this.#changed();
  }

  set placeholder(text) {
    this.#draft.placeholder = text;
  }

  /** What is written next answers to that message; null: to none. */
  answer(change) {
    this.#parent = change;
    byId('replying').hidden = change === null;
    if (change === null) return;
    byId('replying-to').textContent = excerpt(change);
    this.#draft.focus();
  }

  focus() {
    this.#draft.focus();
  }

  /** Adds text to the draft; does not send it. */
  append(text) {
    const draft = this.#draft;
    draft.value += draft.value === '' || /\s$/u.test(draft.value) ? text : ` ${text}`;
    this.#changed();
  }

  #changed() {
    const text = this.#draft.value;
    keep(this.#key, text);
    this.#send.disabled = !this.#connected || text.trim() === '';
    this.#draft.style.height = 'auto';
    this.#draft.style.height = `${this.#draft.scrollHeight}px`;
  }
}
