// The glances of a room's add-ons. The browser itself asks each add-on; what is pushed later takes the
// place of its answer.
//
// A glance whose conditions ask for its content is hidden until that is there, and shown when it cannot
// be had (host-side.md 8).

import { nameOf } from './addons.js';
import { asksGlance, hold } from './conditions.js';
import { make } from './dom.js';
import { labelNodes, picture, statusNode } from './lozenge.js';

const PATIENCE = 10000;  // milliseconds

export class Glances {
  #list;
  #addons;
  #facts;
  #open;
  #rows = new Map();  // "addon key/glance key" → {item, addon, module, content, failed}

  /** `facts()` are those of conditions; `open(addonKey, moduleKey, row)` is told of a click. */
  constructor(list, { addons, facts, open }) {
    this.#list = list;
    this.#addons = addons;
    this.#facts = facts;
    this.#open = open;
  }

  /** Shows the glances of the add-ons as they are now, and asks for their contents. */
  show() {
    this.#rows.clear();
    this.#list.replaceChildren();
    for (const { addon, module } of this.#addons.of('glance')) {
      const item = make('li', { data: { addon: addon.key, glance: module.key } });
      const row = { item, addon, module, content: addon.pushed[module.key] ?? null, failed: false, loading: false };
      this.#rows.set(`${addon.key}/${module.key}`, row);
      this.#list.append(item);
      if (module.queryUrl && row.content === null) this.#ask(row);
      this.#draw(row);
    }
  }

  /** An add-on pushed new content. */
  update(addonKey, key, content) {
    const row = this.#rows.get(`${addonKey}/${key}`);
    if (!row) return;
    Object.assign(row, { content, failed: false, loading: false });
    this.#draw(row);
  }

  /** The glance that opens that module, if there is one. */
  leadingTo(addonKey, moduleKey) {
    return [...this.#rows.values()].find(({ addon, module }) =>
      addon.key === addonKey && targetOf(module) === moduleKey) ?? null;
  }

  async #ask(row) {
    row.loading = true;
    try {
      const { url } = await this.#addons.address(row.addon.key, 'glance', row.module.key);
      const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE), credentials: 'omit', referrerPolicy: 'no-referrer' });
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
      const content = await answer.json();
      if (typeof content?.label?.value !== 'string') throw new Error(`${row.module.key}: the answer has no label`);
      if (row.loading) Object.assign(row, { content, failed: false });
    } catch {
      row.failed = row.content === null;
    }
    row.loading = false;
    this.#draw(row);
  }

  #draw(row) {
    const { item, addon, module } = row;
    item.hidden = !this.#isShown(row);
    const target = targetOf(module);
    const inside = contentOf(row);
    if (row.failed) {
      const retry = make('button', { className: 'linklike', type: 'button' }, 'Retry');
      retry.addEventListener('click', () => {
        row.failed = false;
        this.#ask(row);
        this.#draw(row);
      });
      item.replaceChildren(make('div', { className: 'glance' }, ...inside, retry));
    } else if (target) {
      const button = make('button', { className: 'glance', type: 'button' }, ...inside);
      button.addEventListener('click', () => this.#open(addon.key, target));
      item.replaceChildren(button);
    } else {
      item.replaceChildren(make('div', { className: 'glance' }, ...inside));
    }
  }

  #isShown({ module, content, failed }) {
    if (failed) return true;
    if (content === null && asksGlance(module.conditions)) return false;
    return hold(module.conditions, { ...this.#facts(), glance: content ?? undefined });
  }
}

export const targetOf = (module) => (typeof module.target === 'string' ? module.target : module.target?.key);

/** Icon, label and status of a glance, as they are now. */
export function contentOf({ module, content, loading }) {
  const label = content ? labelNodes(content.label.value) : [loading ? 'Loading…' : nameOf(module.name)];
  return [picture(module.icon, 'module-icon'), make('span', { className: 'name' }, ...label), content ? statusNode(content.status) : null]
    .filter((part) => part !== null);
}
