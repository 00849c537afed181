// The host's half of the frame protocol (host-side.md 7.1): which frames there are, and what of what
// they send is believed. all.js is the page's half.
//
// A message counts only if its eid is that of a frame which is open, the origin is the one of the
// module's declared URL, and the source is that frame's own window, which has said `init`. Anything
// else is dropped without an answer.

import { Frame } from './frame.js';
import { FrameApi, Refusal } from './frame_api.js';
import { FrameTokens } from './frame_tokens.js';
import { NotPlain, isObject, plain } from './frame_values.js';

const MOST_EVENTS = 200;  // names that a page may register in one message

export class FrameHost {
  #api;
  #origin;
  #now;
  #escape;
  #frames = new Map();  // eid → frame
  #listener = (event) => this.#receive(event);

  /**
   * `behaviours` as FrameApi has them; `tokenOf(frame)` promises a signed token and makes
   * auth.withToken one of them. `origin` is the host page's, `now` a clock in milliseconds.
   * `escape(frame)` is told when Escape was pressed in a page that had no use for it.
   */
  constructor({ behaviours = {}, tokenOf, escape = () => {}, origin = location.origin, now = () => Date.now() }) {
    const offered = { ...behaviours };
    if (tokenOf) offered.auth = { withToken: withToken(new FrameTokens(tokenOf, now)) };
    this.#api = new FrameApi(offered);
    this.#origin = origin;
    this.#now = now;
    this.#escape = escape;
    window.addEventListener('message', this.#listener);
  }

  /**
   * A frame for a module of an add-on, not yet in the document. One that shows the same module is
   * closed. `url` is the module's declared one, `location` what the host made of it, on the same
   * origin; `scopes` those granted; `context` is handed back as frame.context. Throws for addresses
   * that must not be shown in a frame.
   */
  open({ addonKey, moduleKey, url, location, scopes = [], theme, context = null }) {
    const origin = this.#foreignOrigin(url);
    if (this.#foreignOrigin(location) !== origin) throw new Error(`${location}: the page is not on the origin of its declared URL`);
    const old = this.find(addonKey, moduleKey);
    if (old) this.close(old);
    const eid = `${addonKey}__${moduleKey}__${randomHex()}`;
    const options = theme === undefined ? { globalOptions: {} } : { globalOptions: {}, theme };
    const name = JSON.stringify({ extension_id: eid, origin: this.#origin, api: this.#api.announcement(), options });
    const frame = new Frame({ eid, addonKey, moduleKey, scopes, context, origin, location, name, now: this.#now });
    this.#frames.set(eid, frame);
    return frame;
  }

  find(addonKey, moduleKey) {
    return this.#ofAddon(addonKey).find((frame) => frame.moduleKey === moduleKey) ?? null;
  }

  /** Takes the frame out of the document; nothing it sends counts any more. */
  close(frame) {
    this.#frames.delete(frame.eid);
    frame.end();
  }

  /** An add-on was uninstalled. */
  closeAddon(addonKey) {
    for (const frame of this.#ofAddon(addonKey)) this.close(frame);
  }

  /** Closes all, and listens no more. */
  stop() {
    for (const frame of [...this.#frames.values()]) this.close(frame);
    window.removeEventListener('message', this.#listener);
  }

  /** A glance of the add-on has new content. Reaches its open pages. */
  glanceUpdated(addonKey, glanceKey, metadata = {}) {
    const data = { addon_key: addonKey, module_key: glanceKey, metadata };
    for (const frame of this.#ofAddon(addonKey)) frame.tell('glance-update', data);
  }

  /** The add-on has sent a notification into the room. `parameters` as for message actions. */
  messageReceived(addonKey, parameters) {
    for (const frame of this.#ofAddon(addonKey)) frame.tell('message-received', parameters);
  }

  #ofAddon(addonKey) {
    return [...this.#frames.values()].filter((frame) => frame.addonKey === addonKey);
  }

  /** Braces of URL templates may be anywhere but in the origin. */
  #foreignOrigin(url) {
    const { protocol, origin } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:') throw new Error(`${url}: a page has an http or https address`);
    if (origin === this.#origin) throw new Error(`${url}: a page on the host's own origin could leave its frame`);
    return origin;
  }

  #receive({ data, origin, source }) {
    if (!isObject(data) || typeof data.eid !== 'string') return;
    const frame = this.#frames.get(data.eid);
    if (!frame || source === null || source !== frame.element.contentWindow || origin !== frame.origin) return;
    if (data.type === 'init') frame.begin();
    else if (!frame.isOpen) return;
    else if (data.type === 'event_query') frame.listen(namesIn(data.args));
    else if (data.type === 'req') this.#request(frame, data);
    else if (data.type === 'resp') frame.settle(data.mid, Array.isArray(data.args) ? data.args : []);
    else if (data.type === 'broadcast') this.#broadcast(frame, data);
    else if (data.type === 'key_triggered' && data.keycode === 27) this.#escape(frame);
  }

  async #request(frame, { mid, mod, fn, args }) {
    const { visit } = frame;
    let answer;
    try {
      const value = await this.#api.call(frame, mod, fn, args);
      answer = [null, plain(value)];
    } catch (error) {
      answer = [error instanceof Refusal ? error.answer : 'The host could not do this.'];
      if (!(error instanceof Refusal)) console.error(`${mod}.${fn} for ${frame.addonKey}`, error);
    }
    const wanted = typeof mid === 'string' || typeof mid === 'number';
    if (wanted && this.#frames.has(frame.eid) && visit === frame.visit) frame.post({ type: 'resp', mid, args: answer, forPlugin: true });
  }

  #broadcast(sender, { etyp, evnt }) {
    if (typeof etyp !== 'string') return;
    let data;
    try {
      data = plain(evnt);
    } catch (error) {
      if (error instanceof NotPlain) return;
      throw error;
    }
    for (const frame of this.#ofAddon(sender.addonKey)) {
      if (frame !== sender) frame.tell(etyp, data);
    }
  }
}

function withToken(tokens) {
  return async (frame) => {
    try {
      return await tokens.of(frame);
    } catch (error) {
      console.error(`token for ${frame.addonKey}`, error);
      throw new Refusal('no token', { message: 'The host could not make a token. Try again later.' });
    }
  };
}

function namesIn(args) {
  return Array.isArray(args) ? args.slice(0, MOST_EVENTS).filter((name) => typeof name === 'string') : [];
}

function randomHex() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
