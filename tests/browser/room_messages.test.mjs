// What people type in the room, and what they make of it later, in Chromium.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startHost, withFolder, withPrograms } from '../node/programs.mjs';
import { assertContent, enterRoom, entry, picture, say, startBrowser } from './browser.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const LIMIT = { timeout: 120000 };
const inRoom = (use) => withFolder((folder) => withPrograms([() => startHost(folder)], async (host) => {
  const ada = await enterRoom(browser, host.room, 'Ada');
  const bo = await enterRoom(browser, host.room, 'Bo');
  await use(ada, bo);
  assertContent(ada);
  assertContent(bo);
}));

const menuOf = async (message) => {
  await message.hover();
  await message.getByRole('button', { name: /this message/u }).click();
};

test('one\'s own message is edited, and deleted, for everybody', LIMIT, () => inRoom(async (ada, bo) => {
  await say(ada, 'We ship on Thrusday');
  const own = await entry(ada, 'message', 'We ship on');
  await menuOf(own);
  await ada.getByRole('menuitem', { name: 'Edit' }).click();
  await ada.getByLabel('Edit your message').fill('We ship on Thursday');
  await ada.keyboard.press('Enter');
  const seen = await entry(bo, 'message', 'We ship on Thursday (edited)');
  await seen.hover();
  assert.ok(!await seen.getByRole('button', { name: /this message/u }).isVisible(), 'it is not Bo\'s');

  await menuOf(own);
  await ada.getByRole('menuitem', { name: 'Delete' }).click();
  await entry(bo, 'message', 'This message was deleted.');
  await bo.reload();
  await entry(bo, 'message', 'This message was deleted.');
  assert.equal(await bo.getByText('Thursday').count(), 0);
}));

// proves: host 8 typed text
test('prefixes and mentions are shown as what they mean', LIMIT, () => inRoom(async (ada, bo) => {
  await say(ada, '/me waves at @Bo');
  const wave = await entry(bo, 'message', 'Ada waves at @Bo');
  assert.equal(await wave.locator('.text i').count(), 1);
  assert.equal(await wave.locator('.mention').innerText(), '@Bo');
  await say(ada, '/code if (a < b) <b>c</b>');
  assert.equal(await (await entry(bo, 'message', 'if (a < b)')).locator('pre code').innerText(), 'if (a < b) <b>c</b>');
  await say(ada, '/quote to be');
  await (await entry(bo, 'message', 'to be')).locator('blockquote').waitFor();
  await say(ada, 'mail ada@example.test');
  assert.equal(await (await entry(bo, 'message', 'mail')).locator('.mention').count(), 0);
  await picture(bo, 'room-typed');
}));
