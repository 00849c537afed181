// Messages on their way: shown as pending until their change arrives, sent again after a reconnect
// under the same origin id, kept over a reload of the tab.

import { make, uniqueId } from './dom.js';
import { keep, kept } from './identity.js';
import { fromText } from './text.js';

export class Outbox {
  #list;
  #key;
  #send;
  #pending = new Map();  // origin id -> { text, parentId, element, problem }

  /** `send(text, originId, parentId)` hands a message to the socket. */
  constructor(list, room, send) {
    this.#list = list;
    this.#key = `hipchat.outbox.${room}`;
    this.#send = send;
    for (const [originId, text, parentId] of this.#load()) this.#show(originId, text, parentId);
  }

  /** `parentId`: the message that it answers to, if any. */
  add(text, parentId = null) {
    const originId = uniqueId();
    this.#show(originId, text, parentId);
    this.#store();
    this.#send(text, originId, parentId);
  }

  /** Sends what has not arrived yet. */
  resend() {
    for (const [originId, entry] of this.#pending) {
      if (!entry.failed) this.#send(entry.text, originId, entry.parentId);
    }
  }

  /** The message of that id is in the room's log. */
  settle(originId) {
    const entry = this.#pending.get(originId);
    if (entry === undefined) return;
    entry.element.remove();
    this.#pending.delete(originId);
    this.#store();
  }

  /** The host refused it: the person decides. False if it is not one of ours. */
  fail(originId, reason) {
    const entry = this.#pending.get(originId);
    if (entry === undefined) return false;
    entry.failed = true;
    entry.element.classList.add('failed');
    entry.note.replaceChildren(
      `Not sent: ${reason} `,
      make('button', { type: 'button', className: 'linklike', onclick: () => this.#retry(originId) }, 'Try again'),
      ' ',
      make('button', { type: 'button', className: 'linklike', onclick: () => this.settle(originId) }, 'Discard'),
    );
    return true;
  }

  #retry(originId) {
    const entry = this.#pending.get(originId);
    entry.failed = false;
    entry.element.classList.remove('failed');
    entry.note.replaceChildren('Sending…');
    this.#send(entry.text, originId, entry.parentId);
  }

  #show(originId, text, parentId) {
    const note = make('p', { className: 'note' }, 'Sending…');
    const element = make('div', { className: 'pending', data: { originId } },
      make('div', { className: 'text' }, fromText(text)), note);
    this.#pending.set(originId, { text, parentId, element, note, failed: false });
    this.#list.append(element);
  }

  #load() {
    try {
      return JSON.parse(kept(this.#key) || '[]');
    } catch {
      return [];
    }
  }

  #store() {
    const entries = Array.from(this.#pending, ([originId, entry]) => [originId, entry.text, entry.parentId]);
    keep(this.#key, entries.length === 0 ? '' : JSON.stringify(entries));
  }
}
