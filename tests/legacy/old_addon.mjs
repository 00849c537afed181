// What every old add-on goes through on our host: it is installed, hears a message and answers it, shows
// its glance and its pages, is started again, and is removed.

import assert from 'node:assert/strict';

import { freePort, startHost, startScript, withFolder, withPrograms } from '../node/programs.mjs';

const json = async (method, url, body) => {
  const answer = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
};

/** The first change of Lobby after the cursor `after` that is of that kind and says the text. */
async function changeThat(host, kind, text, after = 0) {
  for (let from = after; ;) {
    const { body } = await json('GET', `${host}/api/rooms/Lobby/changes?after=${from}&wait=20`);
    assert.ok(body.changes.length > 0, `no ${kind} says ${text}`);
    const found = body.changes.find((change) => change.kind === kind && (change.text ?? '').includes(text));
    if (found) return found;
    from = body.cursor;
  }
}

/** An old add-on in Lobby of our host: what a person there does with it. */
class Visit {
  #host;
  #key;
  #lobby;

  constructor(host, key) {
    this.#host = host.url;
    this.#key = key;
    this.#lobby = `${host.url}/api/rooms/Lobby`;
  }

  async install(url) {
    const installed = await json('POST', `${this.#lobby}/integrations`, { url, scopes: ['send_notification', 'view_room'] });
    assert.equal(installed.status, 201, JSON.stringify(installed.body));
  }

  /** Says "/bell" and returns the notification that comes of it. */
  async ring() {
    const { change } = (await json('POST', `${this.#lobby}/events`, { event: 'room_message', as: 'Ada', text: '/bell' })).body;
    const answer = await changeThat(this.#host, 'notification', 'ding, Ada', change.seq);
    assert.equal(answer.addon_key, this.#key);
    return answer;
  }

  /** A signed address of one of its pages. */
  async address(kind, key) {
    const { status, body } = await json('POST', `${this.#lobby}/page-address`,
      { as: 'Ada', addon_key: this.#key, kind, key, theme: 'light' });
    assert.equal(status, 200, JSON.stringify(body));
    return body.url;
  }

  /** Removes it, and waits until it has forgotten the installation: some answer before they do. */
  async uninstall() {
    const last = await this.address('webPanel', 'board');
    const gone = await json('DELETE', `${this.#lobby}/integrations/${this.#key}`);
    assert.equal(gone.status, 204);
    await changeThat(this.#host, 'uninstalled', '');
    const end = Date.now() + 20000;
    while ((await fetch(last)).status < 400) assert.ok(Date.now() < end, 'it never forgets the installation');
  }
}

async function seePages(visit, addon, { freshToken, configured }) {
  const glance = await fetch(await visit.address('glance', 'bell'));
  assert.ok(glance.headers.get('Access-Control-Allow-Origin'), 'the host\'s page may read the glance');
  assert.equal((await glance.json()).label.value, '<b>3</b> bells');

  const board = await fetch(await visit.address('webPanel', 'board'));
  assert.equal(board.status, 200);
  assert.match(await board.text(), /user \d+ of 1/u);
  if (freshToken) assert.ok(board.headers.get(freshToken), 'a token for the page\'s own calls');

  if (configured) {
    const page = await fetch(await visit.address('configurable', ''));
    assert.match(await page.text(), configured);
  }

  const unsigned = new URL(await visit.address('webPanel', 'board'));
  unsigned.search = '';
  const { status } = await fetch(unsigned);
  assert.ok(status >= 400, `${status}: unsigned requests are refused`);
}

/**
 * `script` is started with what `start(port)` says (see startScript). Its descriptor is at `descriptor`,
 * its key is `key`. It answers "/bell" with "ding, Ada" in `color`, has a glance `bell`, a panel `board`
 * and, with `configured`, a configuration page that says so; `freshToken` is the header in which its
 * library gives pages a token of their own; `keeps`: it knows its installations when started again.
 */
export const goThrough = ({ script, start = () => ({}), descriptor, key, color = 'green', freshToken, configured, keeps = false }) =>
  withFolder((folder) => withPrograms([() => startHost(folder)], async (host) => {
    const port = await freePort();
    const run = (use) => withPrograms([() => startScript(script, { ...start(port), port })], use);
    const visit = new Visit(host, key);

    await run(async (addon) => {
      await visit.install(`${addon.url}${descriptor}`);
      assert.equal((await visit.ring()).color, color);
      await seePages(visit, addon, { freshToken, configured });
      if (!keeps) await visit.uninstall();
    });
    if (!keeps) return;
    await run(async () => {
      await visit.ring();
      await visit.uninstall();
    });
  }));
