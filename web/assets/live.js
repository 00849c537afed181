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
  #attempt = 0;  // of #tryAgain: only the newest one counts

  /**
   * `handlers`: state(name), welcome(frame), change(change), people(list),
   * glance(frame): an add-on pushed one, elsewhere(): something was said in another room, error(message, originId), refused(message): trying again is useless, renewed(): the host has
   * started afresh and what was seen so far is not its history.
   */
  constructor(room, handlers) {
    this.#room = room;
    this.#handlers = handlers;
    window.addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#hurry();
    });
  }

  /** Seq of the newest change that was seen; null before the first. */
  get cursor() {
    return this.#cursor;
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
  say(text, originId, parentId) {
    return this.#send({ type: 'say', text, origin_id: originId, ...(parentId ? { parent_id: parentId } : {}) });
  }

  /** All up to that change was read. */
  read(seq) {
    return this.#send({ type: 'read', seq });
  }

  /** Changes one's own message; null deletes it. True when it was handed to the socket. */
  edit(messageId, text) {
    return this.#send({ type: 'edit', message_id: messageId, text });
  }

  #send(frame) {
    if (!this.isOpen) return false;
    this.#socket.send(JSON.stringify(frame));
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
    } else if (frame.type === 'elsewhere') {
      this.#send({ type: 'elsewhere' });
      this.#handlers.elsewhere();
    } else if (frame.type === 'glance') {
      this.#handlers.glance(frame);
    } else if (frame.type === 'error') {
      this.#handlers.error(frame.message, frame.origin_id);
    }
  }

  #isNew(change) {
    if (this.#cursor !== null && change.seq <= this.#cursor) return false;
    this.#cursor = change.seq;
    return true;
  }

  #lost() {
    this.#socket = null;
    this.#become('connecting');
    this.#waitAndTry();
  }

  #waitAndTry() {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tryAgain(), longest * (0.5 + Math.random() / 2));
  }

  /** A browser does not tell why a socket failed; the room's own address does. */
  async #tryAgain() {
    clearTimeout(this.#timer);
    const attempt = ++this.#attempt;
    let facts = null;
    let refusal = null;
    try {
      facts = await get(roomPath(this.#room));
    } catch (error) {
      if (error instanceof Refused && error.status >= 400 && error.status < 500 && error.status !== 429) refusal = error.message;
    }
    if (attempt !== this.#attempt || this.#state !== 'connecting' || this.#socket !== null) return;
    if (refusal !== null) {
      this.#end();
      this.#handlers.refused(refusal);
    } else if (facts === null) {
      this.#waitAndTry();
    } else if (this.#cursor !== null && facts.cursor < this.#cursor) {
      this.#end();
      this.#handlers.renewed();
    } else {
      this.#connect();
    }
  }

  #hurry() {
    if (this.#state !== 'connecting' || this.#socket !== null) return;
    this.#tryAgain();
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
