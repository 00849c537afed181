// The examples in a room of the real host, as people use them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startExample, startHost, withFolder, withPrograms } from '../node/programs.mjs';
import { assertContent, enterRoom, entry, picture, say, startBrowser } from './browser.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const LIMIT = { timeout: 120000 };

/** Runs `use(ada)` with Ada in a room in which the example is installed, which is removed afterwards. */
const inRoom = (name, use) => () =>
  withFolder((folder) => withPrograms([() => startHost(folder), () => startExample(name, folder)], async (host, example) => {
    const { key, links, capabilities } = await (await fetch(example.url)).json();
    const integrations = `${host.url}/api/rooms/Lobby/integrations`;
    const installed = await fetch(integrations, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: links.self, scopes: capabilities.hipchatApiConsumer.scopes }),
    });
    assert.equal(installed.status, 201, await installed.text());
    const ada = await enterRoom(browser, host.room, 'Ada');
    await use(ada);
    await picture(ada, `room-${name}`);
    assertContent(ada);
    const removed = await fetch(`${integrations}/${key}`, { method: 'DELETE' });
    assert.equal(removed.status, 204, await removed.text());
  }));

test('karma counts', LIMIT, inRoom('karma', async (ada) => {
  await say(ada, 'grace++ for the fix');
  await entry(ada, 'notification', 'grace rises to 1');
  await say(ada, 'grace--');
  await entry(ada, 'notification', 'grace falls to 0');
}));

test('standup collects', LIMIT, inRoom('standup', async (ada) => {
  await say(ada, '/standup help');
  await entry(ada, 'notification', '/standup add TEXT');
  await say(ada, '/standup add fixed the build');
  await entry(ada, 'notification', 'Noted, Ada');
  await say(ada, '/standup');
  await entry(ada, 'notification', 'Ada: fixed the build');
}));

// Our host has no webhooks by REST yet, and the example goes on without.
test('incident opens and closes', LIMIT, inRoom('incident', async (ada) => {
  await say(ada, '/incident open DB is down');
  await entry(ada, 'notification', 'Incident: DB is down');
  await say(ada, '/incident');
  await entry(ada, 'notification', 'Open for 0 min: DB is down');
  await say(ada, '/incident close');
  await entry(ada, 'notification', 'Closed after 0 min: DB is down');
}));
