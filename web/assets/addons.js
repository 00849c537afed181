// The add-ons of a room, and the modules that they show, as the host knows them for one person.

import { get, post, roomPath } from './api.js';

/** The text of a name object, or of a bare text. */
export const nameOf = (name) => (typeof name === 'string' ? name : name?.value ?? '');

const byWeight = (a, b) => (a.module.weight ?? 100) - (b.module.weight ?? 100);

export class Addons {
  #room;
  #name = '';
  #all = [];

  constructor(room) {
    this.#room = room;
  }

  /** Reads them anew, for the person of that name. */
  async load(name) {
    this.#name = name;
    const { addons } = await get(`${roomPath(this.#room)}/modules?as=${encodeURIComponent(name)}`);
    this.#all = addons;
  }

  find(addonKey) {
    return this.#all.find((addon) => addon.key === addonKey) ?? null;
  }

  /** Every module of one kind, as {addon, module}, the lightest first. */
  of(kind) {
    return this.#all
      .flatMap((addon) => (addon.capabilities[kind] ?? []).map((module) => ({ addon, module })))
      .sort(byWeight);
  }

  /** The module of that key, as {addon, kind, module}; null if the add-on has none. */
  module(addonKey, key) {
    const addon = this.find(addonKey);
    for (const kind of ['webPanel', 'dialog', 'glance', 'externalPage']) {
      const module = addon?.capabilities[kind]?.find((each) => each.key === key);
      if (module) return { addon, kind, module };
    }
    return null;
  }

  /** {url, declared}: where the page is, signed for this person, and as the descriptor has it. */
  address(addonKey, kind, key, { theme, values = {} } = {}) {
    return post(`${roomPath(this.#room)}/page-address`,
      { as: this.#name, addon_key: addonKey, kind, key, values, ...(theme ? { theme } : {}) });
  }

  async token(addonKey) {
    const { token } = await post(`${roomPath(this.#room)}/page-token`, { as: this.#name, addon_key: addonKey });
    return token;
  }
}
