// Actions of add-ons: on each message, and beside the message box (addon-side.md 7.4).

import { nameOf } from './addons.js';
import { hold } from './conditions.js';
import { byId, make } from './dom.js';
import { openMenu } from './menu.js';

const MESSAGE = 'hipchat.message.action';
const INPUT = 'hipchat.input.action';

/** What pages are told of a message. */
export function parametersOf(change) {
  const isTyped = change.kind === 'message';
  const { card } = change;
  const parameters = {
    body: change.text ?? '',
    sender: isTyped
      ? { id: change.person.id, name: change.person.name, mention: change.person.mention_name }
      : { id: null, name: change.from, mention: null },
    mid: change.id,
    type: isTyped ? 'message' : 'notification',
    metadata: { ...(card?.metadata ?? {}), ...(isTyped ? {} : { sender_addon_key: change.addon_key }) },
  };
  if (card) {
    const { title, description, url, style } = card;
    parameters.card = { title, description: typeof description === 'string' ? description : description?.value, url, style };
  }
  return parameters;
}

export class Actions {
  #addons;
  #facts;
  #open;
  #ownItems;

  /** `ownItems(entry)` come before those of add-ons; `open(addonKey, moduleKey, {event, data})` opens a target and tells it of the event. */
  constructor({ addons, facts, open, entries, ownItems }) {
    this.#addons = addons;
    this.#facts = facts;
    this.#open = open;
    this.#ownItems = ownItems;
    entries.addEventListener('click', ({ target }) => {
      const button = target.closest?.('button.more');
      if (button) this.#showFor(button, button.closest('.entry'));
    });
    byId('input-actions').addEventListener('click', () => openMenu(byId('input-actions'), this.#items(INPUT, {}, {})));
  }

  /** The add-ons have changed. */
  show() {
    const has = (place) => this.#addons.of('action').some(({ module }) => module.location === place);
    document.body.classList.toggle('has-message-actions', has(MESSAGE));
    byId('input-actions').hidden = !has(INPUT);
  }

  #showFor(button, entry) {
    const message = parametersOf(entry.change);
    const items = [...this.#ownItems(entry), ...this.#items(MESSAGE, { message }, message)];
    openMenu(button, items.length > 0 ? items : [{ label: 'Nothing to do with this message', run() {} }]);
  }

  #items(place, more, data) {
    const facts = { ...this.#facts(), ...more };
    return this.#addons.of('action')
      .filter(({ module }) => module.location === place && hold(module.conditions, facts))
      .map(({ addon, module }) => ({
        label: [make('span', { className: 'name' }, nameOf(module.name)), make('span', { className: 'aside' }, addon.name)],
        run: () => this.#open(addon.key, module.target.key ?? module.target, { event: module.key, data, values: more }),
      }));
  }
}
