// The configuration page of an add-on in a room, in a frame of its own (addon-side.md 7.6).

import { FrameHost } from '/connect/frame_host.js';

import { Addons } from './addons.js';
import { roomOfPage, roomPage } from './api.js';
import { byId } from './dom.js';
import { nameOfTab, suggestedName } from './identity.js';

const room = roomOfPage();
const key = decodeURIComponent(location.pathname.split('/')[4] ?? '');
const addons = new Addons(room);
const host = new FrameHost({ tokenOf: ({ addonKey }) => addons.token(addonKey) });

byId('to-integrations').href = `${roomPage(room)}/integrations`;

async function show() {
  const name = nameOfTab() || suggestedName();
  if (name === '') throw new Error('Nobody has entered the room in this browser yet. Enter it once, then come back: the add-on is told who configures it.');
  await addons.load(name);
  const addon = addons.find(key);
  if (!addon?.capabilities.configurable) throw new Error('This add-on has nothing to configure, or is not installed here any more.');
  byId('title').textContent = `Configure ${addon.name}`;
  document.title = `Configure ${addon.name} · HipChat`;
  const { url, declared } = await addons.address(key, 'configurable', '');
  const frame = host.open({ addonKey: key, moduleKey: 'configurable', url: declared, location: url, scopes: addon.scopes });
  frame.element.title = `Configuration of ${addon.name}`;
  byId('content').replaceChildren(frame.element);
}

show().catch((error) => {
  byId('problem').textContent = error.message;
  byId('problem').hidden = false;
});
