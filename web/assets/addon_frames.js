// The add-ons' pages in this room: what may be opened, and what their pages may do here
// (host-side.md 6). connect/frame_host.js decides whom to believe.

import { FrameHost } from '/connect/frame_host.js';
import { Refusal } from '/connect/frame_api.js';

import { Actions, parametersOf } from './actions.js';
import { AddonDialog } from './addon_dialog.js';
import { Addons } from './addons.js';
import { get, roomPage, roomPath } from './api.js';
import { byId } from './dom.js';
import { Glances } from './glances.js';
import { keep } from './identity.js';
import { Panel } from './panel.js';

const dark = matchMedia('(prefers-color-scheme: dark)');
const theme = () => (dark.matches ? 'dark' : 'light');

function optionsOf(link) {
  try {
    return JSON.parse(link.dataset.targetOptions ?? '{}');
  } catch {
    return {};
  }
}

export class AddonFrames {
  #room;
  #composer;
  #addons;
  #host;
  #glances;
  #panel;
  #dialog;
  #actions;
  #facts = null;  // {room, you}, once one has entered
  #people = [];
  /** What the person may do here; in single-user mode everything. */
  rights = { isAdmin: true, isGuest: false, mayChange: true };

  /** `ownItems(entry)` are what the host itself offers for a message. */
  constructor(room, composer, ownItems) {
    this.#room = room;
    this.#composer = composer;
    this.#addons = new Addons(room);
    this.#host = new FrameHost({
      behaviours: this.#behaviours(),
      tokenOf: (frame) => this.#addons.token(frame.addonKey),
      escape: (frame) => frame === this.#dialog.frame && this.#dialog.close(),
    });
    this.#panel = new Panel(room, this);
    this.#dialog = new AddonDialog(this);
    const facts = () => this.#conditionFacts();
    this.#glances = new Glances(byId('glance-list'), { addons: this.#addons, facts, open: (...which) => this.openModule(...which) });
    this.#actions = new Actions({ addons: this.#addons, facts, entries: byId('entries'), ownItems, open: (...which) => this.openModule(...which) });
    dark.addEventListener('change', () => this.#reopen());
    byId('entries').addEventListener('click', (event) => this.#follow(event));
    byId('addons-new').addEventListener('click', () => location.reload());
  }

  /** One is in the room now, perhaps again. */
  async enter(room, you, people) {
    const isFirst = this.#facts === null;
    this.#facts = { room, you };
    this.#people = people;
    if (!isFirst) return;
    await this.#load();
    const last = this.#panel.remembered;
    if (last && this.#addons.module(last.addonKey, last.moduleKey)?.kind === 'webPanel') await this.openModule(last.addonKey, last.moduleKey);
  }

  set people(list) {
    this.#people = list;
  }

  /** Nobody is here any more. */
  leave() {
    this.#panel.close();
    this.#dialog.close();
    this.#facts = null;
    byId('glances').hidden = true;
  }

  /** Something happened in the room. */
  notice(change) {
    if (change.kind === 'notification' && change.addon_key) this.#host.messageReceived(change.addon_key, parametersOf(change));
    if (change.kind === 'uninstalled') this.#gone(change.addon.key);
    // The page's policy names the add-ons that were there when it was loaded.
    if (change.kind === 'installed' || change.kind === 'updated') byId('addons-new').hidden = false;
  }

  glancePushed({ addon_key: addonKey, key, content }) {
    this.#glances.update(addonKey, key, content);
    this.#host.glanceUpdated(addonKey, key, content.metadata ?? {});
    const shown = this.#panel.frame;
    if (shown?.addonKey === addonKey) this.#panel.updateHeader(this.#glances.leadingTo(addonKey, shown.moduleKey));
  }

  /** Opens what a glance, an action or a page leads to; `event` is what the page is told then. */
  async openModule(addonKey, moduleKey, { event = 'receive-parameters', data = null, values = {}, over = {} } = {}) {
    const found = this.#addons.module(addonKey, moduleKey);
    if (found === null) throw new Refusal(`${moduleKey}: the add-on has no such module.`);
    if (found.kind === 'glance') {
      const target = found.module.target?.key ?? found.module.target;
      if (!target) throw new Refusal(`${moduleKey}: the glance opens nothing.`);
      await this.openModule(addonKey, target, { event, data, values, over });
      return;
    }
    if (found.kind === 'externalPage') {
      const { url } = await this.#addons.address(addonKey, found.kind, moduleKey, { values });
      window.open(url, '_blank', 'noopener');
      return;
    }
    const frame = found.kind === 'dialog'
      ? await this.#dialog.open(found, over, values)
      : await this.#panel.open(found, this.#glances.leadingTo(addonKey, moduleKey), values);
    if (data !== null) frame.deliver(event, data);
  }

  /** A frame for a module, not yet in the document. */
  async open(addon, kind, module, values) {
    const { url, declared } = await this.#addons.address(addon.key, kind, module.key, { theme: theme(), values });
    return this.#host.open({
      addonKey: addon.key, moduleKey: module.key, url: declared, location: url, scopes: addon.scopes, theme: theme(), context: { kind },
    });
  }

  close(frame) {
    this.#host.close(frame);
  }

  async #load() {
    await this.#addons.load(this.#facts.you.name);
    this.#glances.show();
    this.#actions.show();
    byId('glances').hidden = this.#addons.of('glance').length === 0;
  }

  async #gone(addonKey) {
    if (this.#panel.shows(addonKey)) this.#panel.close();
    if (this.#dialog.shows(addonKey)) this.#dialog.close();
    this.#host.closeAddon(addonKey);
    if (this.#facts !== null) await this.#load();
  }

  /** The theme is in the address, so the page is loaded again. */
  async #reopen() {
    const { frame } = this.#panel;
    if (frame !== null) await this.openModule(frame.addonKey, frame.moduleKey);
  }

  // While the host has no accounts, whoever sits at this machine administers everything.
  #conditionFacts() {
    const { room, you } = this.#facts ?? { room: {}, you: {} };
    return { room, user: { ...you, is_admin: this.rights.isAdmin, is_guest: this.rights.isGuest, is_room_owner: this.rights.mayChange } };
  }

  #person({ id, name, mention_name: mention }) {
    return { id, name, mention_name: mention, email: null, photo_url: null, is_admin: false, presence: { show: 'chat' } };
  }

  /** Throws unless the dialog that is open belongs to the page's add-on. */
  #own(view, frame, what) {
    if (!view.shows(frame.addonKey)) throw new Refusal(`${what} is not open.`);
  }

  #behaviours() {
    const view = ({ parameters = null, urlTemplateValues: values = {} }) => ({ data: parameters, values });
    return {
      dialog: {
        open: (frame, { key, options = {}, ...more }) => this.openModule(frame.addonKey, String(key), { ...view(more), over: options }),
        update: (frame, options) => {
          this.#own(this.#dialog, frame, 'The dialog');
          this.#dialog.update(options);
        },
        updatePrimaryAction: (frame, options) => {
          this.#own(this.#dialog, frame, 'The dialog');
          this.#dialog.updatePrimaryAction(options);
        },
        close: (frame) => {
          this.#own(this.#dialog, frame, 'The dialog');
          this.#dialog.close();
        },
      },
      sidebar: {
        openView: (frame, { key, ...more }) => this.openModule(frame.addonKey, String(key), view(more)),
        closeView: (frame) => {
          this.#own(this.#panel, frame, 'The view');
          this.#panel.close();
        },
      },
      room: {
        open: (frame, options) => this.#openRoom(options),
        getRoomDetails: () => this.#details(),
        getParticipants: () => ({ guests: [], members: this.#people.map((each) => this.#person(each)) }),
      },
      user: {
        getCurrentUser: () => ({ ...this.#person(this.#facts.you), title: '', is_admin: this.rights.isAdmin, is_guest: this.rights.isGuest }),
      },
      chat: {
        appendMessage: (frame, text) => this.#composer.append(text),
        focus: () => this.#composer.focus(),
      },
    };
  }

  #details() {
    const { id, name, privacy, topic } = this.#facts.room;
    return { id, name, privacy, topic };
  }

  /** A link of a notification that opens a module of its own add-on (addon-side.md 7.5). */
  #follow(event) {
    const link = event.target.closest?.('a[data-target]');
    const addonKey = link?.closest('.entry').change?.addon_key;
    if (!addonKey || link.dataset.target === 'dialog') return;
    const [first, second] = link.dataset.target.split(':');
    if (second !== undefined && first !== addonKey) return;
    event.preventDefault();
    const { options = {}, parameters = null } = optionsOf(link);
    this.openModule(addonKey, second ?? first, { data: parameters, over: { options } }).catch((error) => console.warn(error.message));
  }

  async #openRoom({ roomId, roomName, message }) {
    const wanted = roomId ?? roomName;
    if (wanted === undefined) throw new Refusal('room.open: this host has no one-to-one chats; give roomId or roomName.');
    const { room } = await get(roomPath(String(wanted)));
    if (typeof message === 'string' && message !== '') keep(`hipchat.draft.${room.id}`, message);
    if (String(room.id) !== this.#room && room.name !== this.#room) location.assign(roomPage(room.id));
    else if (message) this.#composer.append(message);
  }
}
