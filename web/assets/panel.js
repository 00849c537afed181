// The panel of an add-on in the sidebar: one at a time, in place of the lists, with the glance that
// leads to it as its header.

import { nameOf } from './addons.js';
import { byId, make } from './dom.js';
import { contentOf } from './glances.js';
import { keep, kept } from './identity.js';
import { picture } from './lozenge.js';

export class Panel {
  #key;
  #frames;
  #open = null;  // {addonKey, moduleKey, frame}
  #returnTo = null;

  /** `frames` makes and closes frames (AddonFrames). */
  constructor(room, frames) {
    this.#key = `hipchat.panel.${room}`;
    this.#frames = frames;
    byId('panel-close').addEventListener('click', () => this.close());
  }

  /** {addonKey, moduleKey} of what was open in this room when the page was left; null if nothing. */
  get remembered() {
    const [addonKey, moduleKey] = kept(this.#key).split('\n');
    return moduleKey ? { addonKey, moduleKey } : null;
  }

  get frame() {
    return this.#open?.frame ?? null;
  }

  shows(addonKey) {
    return this.#open?.addonKey === addonKey;
  }

  /** Opens a web panel; `glance` is the row that leads to it, or null. Promises its frame. */
  async open({ addon, module }, glance, values) {
    this.#returnTo = document.activeElement;
    const frame = await this.#frames.open(addon, 'webPanel', module, values);
    this.#clear();
    this.#open = { addonKey: addon.key, moduleKey: module.key, frame };
    keep(this.#key, `${addon.key}\n${module.key}`);
    byId('panel-title').replaceChildren(...(glance ? contentOf(glance)
      : [picture(module.icon, 'module-icon'), make('span', { className: 'name' }, nameOf(module.name))].filter(Boolean)));
    frame.element.title = `${nameOf(module.name)}, by ${addon.name}`;
    byId('panel-body').replaceChildren(frame.element);
    this.#show(true);
    byId('panel-close').focus({ preventScroll: true });
    return frame;
  }

  close() {
    if (this.#open === null) return;
    this.#clear();
    keep(this.#key, '');
    this.#show(false);
    if (this.#returnTo?.isConnected) this.#returnTo.focus({ preventScroll: true });
  }

  /** The glance in its header has new content. */
  updateHeader(glance) {
    if (this.#open !== null && glance) byId('panel-title').replaceChildren(...contentOf(glance));
  }

  #clear() {
    if (this.#open !== null) this.#frames.close(this.#open.frame);
    this.#open = null;
  }

  #show(open) {
    byId('panel').hidden = !open;
    byId('lists').hidden = open;
    document.body.classList.toggle('has-panel', open);
  }
}
