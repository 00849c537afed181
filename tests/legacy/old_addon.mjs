// What every old add-on goes through on our host: it is installed, hears a message and answers it, shows
// its glance and its panel, and is removed.

import assert from 'node:assert/strict';

import { startHost, startScript, withFolder, withPrograms } from '../node/programs.mjs';

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

/**
 * `script` prints "Listening: URL"; its descriptor is at `descriptor`, its key is `key`. It answers
 * "/bell" with a green "ding, Ada", has a glance `bell` and a panel `board`; `freshToken` is the header
 * in which its library gives pages a token of their own.
 */
export const goThrough = ({ script, descriptor, key, freshToken }) =>
  withFolder((folder) => withPrograms(
    [() => startHost(folder), () => startScript(script)],
    async (host, addon) => {
      const lobby = `${host.url}/api/rooms/Lobby`;
      const installed = await json('POST', `${lobby}/integrations`,
        { url: `${addon.url}${descriptor}`, scopes: ['send_notification', 'view_room'] });
      assert.equal(installed.status, 201, JSON.stringify(installed.body));

      await json('POST', `${lobby}/events`, { event: 'room_message', as: 'Ada', text: '/bell' });
      const answer = await changeThat(host.url, 'notification', 'ding, Ada');
      assert.equal(answer.color, 'green');
      assert.equal(answer.addon_key, key);

      const address = async (kind, module) => (await json('POST', `${lobby}/page-address`,
        { as: 'Ada', addon_key: key, kind, key: module, theme: 'light' })).body.url;
      const glance = await (await fetch(await address('glance', 'bell'))).json();
      assert.equal(glance.label.value, '<b>3</b> bells');
      const board = await fetch(await address('webPanel', 'board'));
      assert.equal(board.status, 200);
      assert.match(await board.text(), /user \d+ of 1/u);
      assert.ok(board.headers.get(freshToken), 'a token for the page\'s own calls');
      const unsigned = await fetch(`${addon.url}/board`);
      assert.ok(unsigned.status >= 400, `${unsigned.status}: unsigned requests are refused`);

      const gone = await json('DELETE', `${lobby}/integrations/${key}`);
      assert.equal(gone.status, 204);
      await changeThat(host.url, 'uninstalled', '');
    }));
