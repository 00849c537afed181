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
  await seen.getByRole('button', { name: /this message/u }).click();
  await bo.getByRole('menuitem', { name: 'Reply' }).waitFor();
  assert.equal(await bo.getByRole('menuitem', { name: 'Edit' }).count(), 0, 'it is not Bo\'s');
  await bo.keyboard.press('Escape');

  await menuOf(own);
  await ada.getByRole('menuitem', { name: 'Delete' }).click();
  await entry(bo, 'message', 'This message was deleted.');
  await bo.reload();
  await entry(bo, 'message', 'This message was deleted.');
  assert.equal(await bo.getByText('Thursday').count(), 0);
}));

const share = async (room, name, file) => {
  const host = new URL(room).origin;
  const asked = await fetch(`${host}/api/people/${name}/tokens`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ label: 'test', scopes: ['send_message'] }),
  });
  const { token } = await asked.json();
  const head = (more) => `--b\r\nContent-Disposition: attachment; ${more}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(`${head('name="metadata"')}{"message":"see this"}\r\n`),
    Buffer.from(`--b\r\nContent-Type: ${file.type}\r\nContent-Disposition: attachment; name="file"; filename="${file.name}"\r\n\r\n`),
    file.bytes, Buffer.from('\r\n--b--')]);
  const shared = await fetch(`${host}/v2/room/1/share/file`, {
    method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'multipart/related; boundary=b' }, body,
  });
  assert.equal(shared.status, 204, await shared.text());
};
// One pixel.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNg+M9QDwADgQF/e5IkGQAAAABJRU5ErkJggg==', 'base64');

// proves: host 8 shared files
test('files that are shared are seen or can be saved', LIMIT, () => inRoom(async (ada, bo) => {
  await share(ada.url(), 'Ada', { name: 'plan.png', type: 'image/png', bytes: PNG });
  const seen = await entry(bo, 'message', 'plan.png');
  const image = seen.locator('.file img');
  await bo.waitForFunction((element) => element.complete && element.naturalWidth === 1, await image.elementHandle());
  await share(ada.url(), 'Ada', { name: 'notes.html', type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') });
  const saved = await entry(bo, 'message', 'notes.html');
  const [download] = await Promise.all([bo.waitForEvent('download'),
    saved.locator('.file').evaluate((link) => { link.removeAttribute('target'); link.click(); })]);
  assert.equal(download.suggestedFilename(), 'notes.html');
}));

// proves: host 8 emoticons
test('words in parentheses are pictures', LIMIT, () => inRoom(async (ada, bo) => {
  await say(ada, 'done (success) @Bo (thumbsup) and (nothing)');
  const seen = await entry(bo, 'message', 'and (nothing)');
  assert.deepEqual(await seen.locator('.emoticon').evaluateAll((all) => all.map((one) => one.alt)), ['(success)', '(thumbsup)']);
  await picture(bo, 'room-emoticons');
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
