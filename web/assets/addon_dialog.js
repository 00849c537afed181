// The dialog of an add-on: one at a time, over the room. Its buttons belong to the host; the page is
// asked what they do (addon-side.md 7.3).

import { nameOf } from './addons.js';
import { byId, make } from './dom.js';

const SIZES = { small: [400, 200], medium: [600, 400], large: [800, 600], xlarge: [980, 700] };
const CHROME = 160;          // pixels that a dialog leaves free of the window's height
const FILTER_PAUSE = 250;    // milliseconds without typing before the page is told

/** A length of the descriptor in pixels, capped; null for units that do not count. */
function pixels(text, whole, most) {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(px|%)$/u.exec(text ?? '') ?? [];
  if (unit === undefined) return null;
  return Math.min(most, unit === '%' ? (Math.min(Number(number), 100) / 100) * whole : Number(number));
}

function sizeOf(size) {
  const { innerWidth: width, innerHeight: height } = window;
  const [usualWidth, usualHeight] = SIZES[size] ?? SIZES.medium;
  const wanted = typeof size === 'object' && size !== null ? size : {};
  return {
    width: pixels(wanted.width, width, width) ?? Math.min(usualWidth, width),
    height: pixels(wanted.height, height, height - CHROME) ?? Math.min(usualHeight, height - CHROME),
  };
}

export class AddonDialog {
  #frames;
  #open = null;  // {addonKey, frame, options, primary}

  constructor(frames) {
    this.#frames = frames;
    const dialog = byId('addon-dialog');
    dialog.addEventListener('close', () => this.#closed());
    let pause = 0;
    byId('addon-dialog-filter').addEventListener('input', ({ target }) => {
      clearTimeout(pause);
      pause = setTimeout(() => this.#open?.frame.tell('dialog-filter-changed', { value: target.value }), FILTER_PAUSE);
    });
  }

  get frame() {
    return this.#open?.frame ?? null;
  }

  shows(addonKey) {
    return this.#open?.addonKey === addonKey;
  }

  /** Opens a dialog module; `over` are title and options that a page gave. Promises its frame. */
  async open({ addon, module }, over = {}, values) {
    const frame = await this.#frames.open(addon, 'dialog', module, values);
    this.close();
    this.#open = { addonKey: addon.key, frame, title: module.title, options: module.options ?? {} };
    frame.element.title = `${nameOf(module.title)}, by ${addon.name}`;
    byId('addon-dialog-body').replaceChildren(frame.element);
    this.update(over);
    byId('addon-dialog').showModal();
    return frame;
  }

  /** Merges a title and options into what is shown. */
  update({ title, options = {} }) {
    const open = this.#open;
    if (open === null) return;
    open.title = title ?? open.title;
    open.options = { ...open.options, ...options };
    byId('addon-dialog-title').textContent = nameOf(open.title);
    this.#drawFilter(open.options.filter);
    this.#drawFooter(open.options);
    byId('addon-dialog').classList.toggle('warning', open.options.style === 'warning');
    const { width, height } = sizeOf(open.options.size);
    byId('addon-dialog').style.width = `${width}px`;
    byId('addon-dialog-body').style.height = `${height}px`;
  }

  /** `{name, enabled}`, both plain here. */
  updatePrimaryAction({ name, enabled }) {
    const primary = this.#open?.options.primaryAction;
    if (!primary) return;
    const changed = { ...primary };
    if (typeof name === 'string') changed.name = { value: name };
    if (typeof enabled === 'boolean') changed.enabled = enabled;
    this.update({ options: { primaryAction: changed } });
  }

  close() {
    if (this.#open !== null) byId('addon-dialog').close();
  }

  #closed() {
    if (this.#open === null) return;
    this.#frames.close(this.#open.frame);
    this.#open = null;
  }

  #drawFilter(filter) {
    const input = byId('addon-dialog-filter');
    input.hidden = !filter;
    input.placeholder = nameOf(filter?.placeholder);
    input.setAttribute('aria-label', nameOf(filter?.placeholder) || 'Filter');
    if (!filter) input.value = '';
  }

  #drawFooter({ hint, primaryAction, secondaryActions }) {
    byId('addon-dialog-hint').textContent = nameOf(hint);
    const buttons = [];
    if (primaryAction) buttons.push(this.#button(primaryAction, primaryAction.key ?? 'primary-action-selected', 'button primary'));
    if (secondaryActions === undefined) {
      const close = make('button', { type: 'button', className: 'button quiet' }, 'Close');
      close.addEventListener('click', () => this.close());
      buttons.push(close);
    } else {
      for (const each of secondaryActions) buttons.push(this.#button(each, each.key ?? 'secondary-action-selected', 'button quiet'));
    }
    byId('addon-dialog-buttons').replaceChildren(...buttons);
    byId('addon-dialog-footer').hidden = buttons.length === 0 && !nameOf(hint);
  }

  #button(action, key, className) {
    const button = make('button', { type: 'button', className, data: { key }, disabled: action.enabled === false }, nameOf(action.name));
    button.addEventListener('click', async () => {
      const { frame } = this;
      if (frame !== null && await frame.pressButton(key) && frame === this.frame) this.close();
    });
    return button;
  }
}
