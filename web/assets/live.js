// The room's socket, kept open: reconnects with the cursor of the last change it has seen.
//
// States: `closed` (not wanted), `connecting`, `open`. A handler never sees a change twice, and sees
// them in order of `seq`.

import { Refused, get, roomPath } from './api.js';

const FIRST_WAIT = 400;
const LONGEST_WAIT = 10000;

export class Live {
  #room;
  #name = '';
  #handlers;
  #socket = null;
  #state = 'closed';
  #cursor = null;
  #failures = 0;
  #timer = 0;

  /**
   * `handlers`: state(name), welcome(frame), change(change), people(list),
   * error(message, originId), refused(message); the last means that trying again is useless.
   */
  constructor(room, handlers) {
    this.#room = room;
    this.#handlers = handlers;
    window.addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#hurry();
    });
  }

  get isOpen() {
    return this.#state === 'open';
  }

  enter(name) {
    this.#name = name;
    this.#failures = 0;
    this.#connect();
  }

  /** True when it was handed to the socket; that it arrived shows in its change. */
  say(text, originId) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify({ type: 'say', text, origin_id: originId }));
    return true;
  }

  leave() {
    if (this.isOpen) this.#socket.send(JSON.stringify({ type: 'leave' }));
    this.#end();
  }

  #address() {
    const address = new URL(`${roomPath(this.#room)}/live`, location.href);
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    address.searchParams.set('name', this.#name);
    if (this.#cursor !== null) address.searchParams.set('after', String(this.#cursor));
    return address;
  }

  #connect() {
    clearTimeout(this.#timer);
    this.#become('connecting');
    const socket = new WebSocket(this.#address());
    this.#socket = socket;
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) this.#receive(JSON.parse(event.data));
    });
    socket.addEventListener('close', () => {
      if (socket === this.#socket) this.#lost();
    });
  }

  #receive(frame) {
    if (frame.type === 'welcome') {
      this.#failures = 0;
      const changes = frame.changes.filter((change) => this.#isNew(change));
      if (this.#cursor === null || frame.cursor > this.#cursor) this.#cursor = frame.cursor;
      this.#handlers.welcome({ ...frame, changes });
      this.#become('open');
    } else if (frame.type === 'change') {
      if (this.#isNew(frame.change)) this.#handlers.change(frame.change);
    } else if (frame.type === 'people') {
      this.#handlers.people(frame.people);
    } else if (frame.type === 'error') {
      this.#handlers.error(frame.message, frame.origin_id);
    }
  }

  #isNew(change) {
    if (this.#cursor !== null && change.seq <= this.#cursor) return false;
    this.#cursor = change.seq;
    return true;
  }

  async #lost() {
    this.#socket = null;
    this.#become('connecting');
    this.#failures += 1;
    if (this.#failures === 2) {
      const reason = await this.#refusal();
      if (reason !== null && this.#state === 'connecting') {
        this.#end();
        this.#handlers.refused(reason);
        return;
      }
    }
    if (this.#state !== 'connecting' || this.#socket !== null) return;
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.#failures - 1));
    this.#timer = setTimeout(() => this.#connect(), longest * (0.5 + Math.random() / 2));
  }

  /** Why the host does not want this room's socket, as a browser does not tell; null if unknown. */
  async #refusal() {
    try {
      await get(roomPath(this.#room));
      return null;
    } catch (error) {
      const final = error instanceof Refused && error.status >= 400 && error.status < 500;
      return final ? error.message : null;
    }
  }

  #hurry() {
    if (this.#state !== 'connecting' || this.#socket !== null) return;
    this.#connect();
  }

  #end() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = null;
    this.#become('closed');
    socket?.close();
  }

  #become(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.#handlers.state(state);
  }
}
