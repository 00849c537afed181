// One page of an add-on in the room: its element, what it has registered, what waits for it.
//
//   made ──init──> open ──init──> open again: another page in the same frame, which has registered
//                                 nothing yet and answers nothing that the one before it was asked
//
// Frames are made by FrameHost, which hands on only what came from this frame's own window and origin.

const WAIT = 30000;  // milliseconds that an event waits for a page which is still loading
const MOST_WAITING = 100;

// No top navigation and no modal boxes: a page stays in its frame. allow-same-origin gives it its own
// origin, which is never the host's (FrameHost sees to that).
const SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads';

export class Frame {
  eid;
  addonKey;
  moduleKey;
  scopes;   // a Set of what the add-on was granted
  context;  // whatever the room wants to find again in its behaviours; not seen by the page
  origin;   // of the declared URL; the page is believed and spoken to on no other
  element;  // an <iframe>, to be put into the document by the room
  visit = 0;  // grows with each page that says init: an answer to one is no answer to the next
  #now;
  #opened = false;
  #registered = new Set();
  #waiting = [];       // {event, data, until}
  #asked = new Map();  // mid → resolve
  #lastMid = 0;

  constructor({ eid, addonKey, moduleKey, scopes, context, origin, location, name, now }) {
    Object.assign(this, { eid, addonKey, moduleKey, scopes: new Set(scopes), context, origin });
    this.#now = now;
    this.element = document.createElement('iframe');
    this.element.id = eid;
    this.element.name = name;
    this.element.setAttribute('sandbox', SANDBOX);
    this.element.src = location;
  }

  get isOpen() {
    return this.#opened;
  }

  /** Now, or as soon as the page registers the event, up to 30 s later. */
  deliver(event, data) {
    if (this.#registered.has(event)) {
      this.#send(event, data);
      return;
    }
    if (this.#waiting.length === MOST_WAITING) this.#waiting.shift();
    this.#waiting.push({ event, data, until: this.#now() + WAIT });
  }

  /** Now or never. */
  tell(event, data) {
    if (this.#opened) this.#send(event, data);
  }

  /**
   * Presses a button of the dialog that holds this frame. Promises whether the dialog is to close:
   * at once when the page does not listen, else when and as it says; never if it says nothing.
   */
  async pressButton(action) {
    if (!this.#registered.has('dialog-button-click')) return true;
    const answer = await new Promise((resolve) => {
      this.#lastMid += 1;
      const mid = String(this.#lastMid);
      this.#asked.set(mid, resolve);
      this.#send('dialog-button-click', { action }, mid);
    });
    return answer !== null && answer[0] !== false;
  }

  /** To the page; what it cannot be sent is an error here. */
  post(message) {
    this.element.contentWindow?.postMessage(message, this.origin);
  }

  // What follows is called by FrameHost only.

  begin() {
    this.visit += 1;
    this.#opened = true;
    this.#registered.clear();
    this.#forgetAsked();
  }

  /** The page listens to these events: it gets those that wait for it, oldest first. */
  listen(events) {
    for (const event of events) this.#registered.add(event);
    const now = this.#now();
    const due = this.#waiting.filter(({ event }) => this.#registered.has(event));
    this.#waiting = this.#waiting.filter(({ event, until }) => until > now && !this.#registered.has(event));
    for (const { event, data, until } of due) {
      if (until > now) this.#send(event, data);
    }
  }

  settle(mid, args) {
    this.#asked.get(mid)?.(args);
    this.#asked.delete(mid);
  }

  end() {
    this.#opened = false;
    this.#registered.clear();
    this.#waiting = [];
    this.#forgetAsked();
    this.element.remove();
  }

  #forgetAsked() {
    for (const resolve of this.#asked.values()) resolve(null);
    this.#asked.clear();
  }

  #send(event, data, mid) {
    const message = { type: 'evt', etyp: event, evnt: data };
    if (mid !== undefined) message.mid = mid;
    this.post(message);
  }
}
