// hipchatter 1.0.0, a client that alerting scripts used against hipchat.com, unchanged.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { startAddon } from '../node/addon.mjs';
import { load } from '../node/packages.mjs';
import { startHost, withFolder, withPrograms } from '../node/programs.mjs';

const Hipchatter = load('legacy', 'hipchatter');

const LIMIT = { timeout: 60000 };

/** Runs `use(host url, client, token, addon)` with an add-on installed into Lobby. */
const withClient = (use) =>
  withFolder((folder) => withPrograms(
    [() => startHost(folder), () => startAddon('Build Bell', ['send_notification'])],
    async (host, addon) => {
      await addon.installInto(host.url, 'Lobby');
      const token = await addon.token();
      await use(host.url, new Hipchatter(token, `${host.url}/v2/`), token, addon);
    }));

/** What the callback gets: { error, status }. */
const notify = (client, ...request) =>
  new Promise((resolve) => {
    client.notify(...request, (error, body, status) => resolve({ error, status }));
  });

async function notifications(host) {
  const answer = await fetch(`${host}/api/rooms/Lobby/changes?after=0&limit=100&wait=0`);
  assert.equal(answer.status, 200);
  return (await answer.json()).changes.filter((change) => change.kind === 'notification');
}

test('a notification with all its options arrives in the room', LIMIT, () =>
  withClient(async (host, client, token) => {
    const options = {
      message: 'Build 812 <passed>', color: 'green', message_format: 'text', notify: true, from: 'CI', token,
    };
    assert.deepEqual(await notify(client, 'Lobby', options), { error: null, status: 204 });

    const [shown, ...others] = await notifications(host);
    assert.deepEqual(others, []);
    assert.equal(shown.text, 'Build 812 <passed>');
    assert.equal(shown.color, 'green');
    assert.equal(shown.format, 'text');
    assert.equal(shown.notify, true);
    assert.equal(shown.from, 'Build Bell');
    assert.equal(shown.label, 'CI');
  }));

test('the short form means yellow and HTML', LIMIT, () =>
  withClient(async (host, client, token) => {
    assert.deepEqual(await notify(client, 'Lobby', 'It is <b>done</b>', token), { error: null, status: 204 });

    const [shown] = await notifications(host);
    assert.equal(shown.color, 'yellow');
    assert.equal(shown.format, 'html');
    assert.equal(shown.html, 'It is <b>done</b>');
  }));

test('a colour that does not exist is an error that names the field', LIMIT, () =>
  withClient(async (host, client, token) => {
    const { error } = await notify(client, 'Lobby', { message: 'hi', color: 'blue', token });
    assert.ok(error instanceof Error);
    assert.match(error.message, /color/iu);
    assert.deepEqual(await notifications(host), []);
  }));

test('a room that does not exist, and a wrong token, are errors', LIMIT, () =>
  withClient(async (host, client, token) => {
    for (const [room, options] of [['Attic', { message: 'hi', token }], ['Lobby', { message: 'hi', token: 'wrong' }]]) {
      const { error } = await notify(client, room, options);
      assert.ok(error instanceof Error, room);
      assert.notEqual(error.message, '', room);
    }
    assert.deepEqual(await notifications(host), []);
  }));

test('once the add-on is removed its token opens nothing', LIMIT, () =>
  withClient(async (host, client, token, addon) => {
    await addon.uninstallFrom(host, 'Lobby');
    const { error } = await notify(client, 'Lobby', { message: 'hi', token });
    assert.ok(error instanceof Error);
    assert.deepEqual(await notifications(host), []);
  }));

const SCOPES = ['admin_group', 'admin_room', 'manage_rooms', 'send_message', 'view_group', 'view_messages'];

async function post(url, body) {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal(answer.status, 201);
  return answer.json();
}

/** Runs `use(call, host url)` as Ada; `call(function, …)` answers what the client's callback gets. */
const asPerson = (use) =>
  withFolder((folder) => withPrograms([() => startHost(folder)], async (host) => {
    for (const as of ['Ada', 'Bo']) await post(`${host.url}/api/rooms/1/events`, { event: 'room_enter', as });
    const { token } = await post(`${host.url}/api/people/Ada/tokens`, { label: 'old script', scopes: SCOPES });
    const client = new Hipchatter(token, `${host.url}/v2/`);
    const call = (name, ...given) => new Promise((resolve, reject) => {
      client[name](...given, (error, body) => (error ? reject(error) : resolve(body)));
    });
    await use(call, host.url);
  }));

test('a person\'s rooms are made, changed, looked at and deleted', LIMIT, () => asPerson(async (call) => {
  const { id } = await call('create_room', { name: 'Lab', topic: 'Freeze', privacy: 'private' });
  await call('set_topic', id, 'Thaw');
  assert.equal((await call('get_room', 'Lab')).topic, 'Thaw');
  assert.deepEqual((await call('rooms')).map((room) => room.name), ['Lobby', 'Lab']);
  await call('invite_member', { room_name: 'Lab', user_email: '@Bo' }, { reason: 'look' });
  await call('add_member', { room_name: 'Lab', user_email: '@Bo' });
  await call('delete_member', { room_name: 'Lab', user_email: '@Bo' });
  await call('delete_room', 'Lab');
  await assert.rejects(call('get_room', 'Lab'), /Room not found/u);
}));

test('a person speaks in a room and to others, and reads what was said', LIMIT, () => asPerson(async (call) => {
  await call('send_room_message', 'Lobby', { message: 'hello' });
  await call('send_private_message', '@Bo', { message: 'psst' });
  const { items } = await call('history', 'Lobby');
  assert.deepEqual(items.map((item) => [item.from.name, item.message]), [['Ada', 'hello']]);
}));

test('people and emoticons are listed and found', LIMIT, () => asPerson(async (call) => {
  assert.deepEqual((await call('users')).map((user) => user.name), ['Ada', 'Bo']);
  assert.equal((await call('view_user', '@Bo')).presence.is_online, true);
  const all = await call('emoticons');
  assert.equal((await call('get_emoticon', all[0].id)).shortcut, all[0].shortcut);
  assert.equal((await call('get_emoticon', all[0].shortcut)).id, all[0].id);
}));
