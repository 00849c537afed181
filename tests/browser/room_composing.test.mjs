// The message box: answers, names and emoticons that complete themselves, files.

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

const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

test('an answer shows what it answers to, and leads there', LIMIT, () => inRoom(async (ada, bo) => {
  await say(ada, 'Shall we ship?');
  const asked = await entry(bo, 'message', 'Shall we ship?');
  await asked.hover();
  await asked.getByRole('button', { name: /this message/u }).click();
  await bo.getByRole('menuitem', { name: 'Reply' }).click();
  await bo.keyboard.type('Yes');
  await picture(bo, 'room-replying');
  await bo.keyboard.press('Enter');
  const answer = await entry(ada, 'message', 'Yes');
  await answer.getByText('Ada: Shall we ship?').waitFor();
  assert.ok(!await bo.locator('#replying').isVisible(), 'the next message answers to nothing');
  await picture(ada, 'room-reply');
  await answer.getByText('Ada: Shall we ship?').click();
  assert.ok(await ada.locator('#entries [data-kind="message"]').first().evaluate((element) => element === document.activeElement));
  await ada.reload();
  await (await entry(ada, 'message', 'Yes')).getByText('Ada: Shall we ship?').waitFor();
}));

test('names after @ and emoticons after ( complete themselves', LIMIT, () => inRoom(async (ada, bo) => {
  await ada.locator('#draft').focus();
  await ada.keyboard.type('hello @b');
  await ada.getByRole('option', { name: /Bo/u }).waitFor();
  await picture(ada, 'room-completion');
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('(cof');
  await ada.keyboard.press('Tab');
  assert.equal(await ada.locator('#draft').inputValue(), 'hello @Bo (coffee) ');
  await ada.keyboard.press('Enter');
  const said = await entry(bo, 'message', 'hello @Bo');
  await said.getByAltText('(coffee)').waitFor();
}));

test('files are chosen, pasted and dropped, and everybody sees them', LIMIT, () => inRoom(async (ada, bo) => {
  await ada.locator('#file').setInputFiles([
    { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('first, steam') },
    { name: 'pixel.png', mimeType: 'image/png', buffer: PIXEL },
  ]);
  const link = bo.getByRole('link', { name: /plan\.txt/u });
  await link.waitFor();
  const text = await bo.evaluate(async (address) => (await fetch(address)).text(), await link.getAttribute('href'));
  assert.equal(text, 'first, steam');
  await bo.getByRole('img', { name: 'pixel.png' }).waitFor();
  await ada.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped'], 'dropped.txt'));
    const conversation = document.querySelector('.conversation');
    for (const type of ['dragenter', 'dragover', 'drop']) conversation.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await bo.getByRole('link', { name: /dropped\.txt/u }).waitFor();
  await picture(bo, 'room-files');
  assert.equal(await ada.locator('.upload').count(), 0);
}));

test('a file that is too large is not even sent', LIMIT, () => inRoom(async (ada) => {
  await ada.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(51 * 1024 * 1024)], 'large.bin'));
    document.querySelector('.conversation').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await ada.getByText('A file may have 50 MB').waitFor();
  await ada.getByRole('button', { name: 'Discard' }).click();
  assert.equal(await ada.locator('.upload').count(), 0);
}));
