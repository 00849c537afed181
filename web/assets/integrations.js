// The integrations page of a room: what is installed, installing by descriptor address, removing.

import { get, post, remove, roomOfPage, roomPage, roomPath } from './api.js';
import { askConsent } from './consent.js';
import { byId } from './dom.js';
import { confirmRemoval, showInstalled } from './installed.js';
import { roomFacts } from './rooms.js';

const room = roomOfPage();
const path = `${roomPath(room)}/integrations`;

function tell(id, message) {
  byId(id).textContent = message;
  byId(id).hidden = message === '';
}

async function refresh() {
  const { integrations } = await get(path);
  showInstalled(room, integrations, askRemoval);
}

async function askRemoval(integration) {
  if (!await confirmRemoval(integration)) return;
  tell('list-problem', '');
  tell('done', '');
  try {
    const from = integration.room_id === null ? '/api/integrations' : path;
    await remove(`${from}/${encodeURIComponent(integration.key)}`);
    await refresh();
    tell('done', `${integration.name} was removed.`);
  } catch (error) {
    tell('list-problem', error.message);
  }
  byId('url').focus();
}

async function install(url) {
  const { descriptor } = await post('/api/descriptors', { url });
  const integration = await askConsent(descriptor, async (scopes, everywhere) =>
    (await post(everywhere ? '/api/integrations' : path, { url: descriptor.url, scopes })).integration);
  if (integration === null) return;
  byId('url').value = '';
  await refresh();
  tell('done', `${integration.name} is installed.`);
}

byId('install').addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = byId('read');
  tell('install-problem', '');
  tell('done', '');
  button.disabled = true;
  try {
    await install(byId('url').value.trim());
  } catch (error) {
    tell('install-problem', error.message);
    byId('url').focus();
  } finally {
    button.disabled = false;
  }
});

byId('to-room').href = roomPage(room);
roomFacts(room).then(
  (answer) => {
    byId('room-name').textContent = answer.room.name;
    document.title = `Integrations · ${answer.room.name} · HipChat`;
  },
  () => {});
const linked = new URLSearchParams(location.search).get('url');
if (linked) {
  history.replaceState(null, '', location.pathname);
  byId('url').value = linked;
  byId('install').requestSubmit();
}
refresh().catch((error) => tell('list-problem', error.message));
