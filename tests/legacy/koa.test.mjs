// ac-koa-hipchat 0.2.20, the library of most add-ons that were written in Node, unchanged.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startHost, startScript, withFolder, withPrograms } from '../node/programs.mjs';

const LIMIT = { timeout: 90000 };
const SCRIPT = fileURLToPath(new URL('addons/koa.cjs', import.meta.url));

const json = async (method, url, body) => {
  const answer = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
};

/** The changes of Lobby, once there is one of that kind that says the text. */
async function changeThat(host, kind, text) {
  let after = 0;
  for (;;) {
    const { body } = await json('GET', `${host}/api/rooms/Lobby/changes?after=${after}&wait=20`);
    assert.ok(body.changes.length > 0, `no ${kind} says ${text}`);
    const found = body.changes.find((change) => change.kind === kind && (change.text ?? '').includes(text));
    if (found) return found;
    after = body.cursor;
  }
}

const address = async (host, kind, key) => (await json('POST', `${host}/api/rooms/Lobby/page-address`,
  { as: 'Ada', addon_key: 'test.koa', kind, key, theme: 'light' })).body.url;

test('an add-on of ac-koa-hipchat is installed, hears, answers, shows its glance and panel, and goes', LIMIT, () =>
  withFolder((folder) => withPrograms(
    [() => startHost(folder), () => startScript(SCRIPT)],
    async (host, addon) => {
      const installed = await json('POST', `${host.url}/api/rooms/Lobby/integrations`,
        { url: `${addon.url}/addon/capabilities`, scopes: ['send_notification', 'view_room'] });
      assert.equal(installed.status, 201, JSON.stringify(installed.body));

      await json('POST', `${host.url}/api/rooms/Lobby/events`, { event: 'room_message', as: 'Ada', text: '/bell' });
      const answer = await changeThat(host.url, 'notification', 'ding, Ada');
      assert.equal(answer.color, 'green');
      assert.equal(answer.addon_key, 'test.koa');

      const glance = await (await fetch(await address(host.url, 'glance', 'bell'))).json();
      assert.equal(glance.label.value, '<b>3</b> bells');
      const board = await fetch(await address(host.url, 'webPanel', 'board'));
      assert.equal(board.status, 200);
      assert.match(await board.text(), /user \d+ of 1/u);
      assert.ok(board.headers.get('jwt'), 'a token for the page\'s own calls');
      assert.equal((await fetch(`${addon.url}/board`)).status, 401, 'unsigned');

      const gone = await json('DELETE', `${host.url}/api/rooms/Lobby/integrations/test.koa`);
      assert.equal(gone.status, 204);
    })));
