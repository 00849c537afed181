// Finding one's way: rooms with what is unread, what was said long ago, search, the switcher.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startHost, withFolder, withPrograms } from '../node/programs.mjs';
import { DARK, PHONE, assertContent, connected, enterRoom, entry, picture, say, startBrowser } from './browser.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const LIMIT = { timeout: 120000 };
const withHost = (use) => withFolder((folder) => withPrograms([() => startHost(folder)], use));

const post = async (host, path, body) => {
  const answer = await fetch(`${host.url}${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.clone().text());
  return answer.json();
};
const makeRoom = async (host, name) => (await post(host, '/api/rooms', { name, as: 'Ada' })).room;
const speak = (host, room, as, text) => post(host, `/api/rooms/${room}/events`, { event: 'room_message', as, text });

test('a room is made in the page, and others find it', LIMIT, () => withHost(async (host) => {
  const ada = await enterRoom(browser, host.room, 'Ada');
  await ada.getByRole('button', { name: 'New room' }).click();
  await ada.getByLabel('What is it called?').fill('Engine room');
  await ada.getByLabel(/Topic/u).fill('Steam');
  await picture(ada, 'room-new');
  await ada.getByRole('button', { name: 'Make the room' }).click();
  await ada.getByRole('heading', { name: 'Engine room' }).waitFor();
  await connected(ada);
  assert.equal(await ada.locator('#room-topic').innerText(), 'Steam');
  const bo = await enterRoom(browser, host.room, 'Bo');
  await bo.getByRole('navigation', { name: 'Rooms' }).getByText('Engine room').click();
  await bo.getByRole('heading', { name: 'Engine room' }).waitFor();
  assertContent(ada);
}));

test('rooms show what is unread there, and how often one was meant', LIMIT, () => withHost(async (host) => {
  const engine = await makeRoom(host, 'Engine room');
  const ada = await enterRoom(browser, `${host.url}/rooms/${engine.id}`, 'Ada');
  await ada.waitForTimeout(600);  // it is read now; there is nothing to be seen of that
  await ada.goto(host.room);
  await connected(ada);
  const link = ada.getByRole('link', { name: /Engine room/u });
  await speak(host, engine.id, 'Bo', 'steam is up');
  await link.getByText('1', { exact: true }).waitFor();
  await speak(host, engine.id, 'Bo', 'come and see, @Ada');
  await link.getByTitle('1 mention you').waitFor();
  assert.match(await ada.title(), /^\(1\)/u);
  await picture(ada, 'room-unread');
  await ada.reload();
  await connected(ada);
  await link.getByTitle('1 mention you').waitFor();
  await link.click();
  await entry(ada, 'message', 'come and see');
  await ada.waitForTimeout(600);
  await ada.goto(host.room);
  await connected(ada);
  await link.waitFor();
  assert.equal(await link.locator('.unread').count(), 0);
  assertContent(ada);
}));

test('what was said long ago comes when one scrolls up, without a jump', LIMIT, () => withHost(async (host) => {
  for (let number = 1; number <= 160; number += 1) await speak(host, 1, 'Bo', `line ${number}`);
  const ada = await enterRoom(browser, host.room, 'Ada');
  assert.equal(await ada.getByText('line 30', { exact: true }).count(), 0);
  await ada.locator('#timeline').hover();
  for (let turn = 0; turn < 60 && await ada.getByText('line 1', { exact: true }).count() === 0; turn += 1) {
    await ada.mouse.wheel(0, -2000);
    await ada.waitForTimeout(60);
  }
  await ada.getByText('line 1', { exact: true }).waitFor();
  const lines = await ada.locator('#entries .message .text').allInnerTexts();
  assert.deepEqual(lines, Array.from({ length: 160 }, (_, at) => `line ${at + 1}`), 'each once, in order');
  assert.equal(await ada.locator('#entries .day').count(), 1);
  assertContent(ada);
}));

test('search finds words in every room that one sees, and leads to the message', LIMIT, () => withHost(async (host) => {
  const engine = await makeRoom(host, 'Engine room');
  await speak(host, 1, 'Bo', 'the valve opens at noon');
  for (let number = 0; number < 120; number += 1) await speak(host, 1, 'Bo', `filler ${number}`);
  await speak(host, engine.id, 'Cleo', 'another valve');
  const ada = await enterRoom(browser, host.room, 'Ada');
  await ada.keyboard.press('Control+k');
  await ada.keyboard.type('valve');
  await ada.getByRole('option', { name: /another valve/u }).waitFor();
  await picture(ada, 'room-search');
  await ada.getByRole('option', { name: /opens at noon/u }).click();
  const found = await entry(ada, 'message', 'the valve opens at noon');
  assert.ok(await found.evaluate((element) => element === document.activeElement));
  await ada.getByRole('button', { name: 'Back to now' }).click();
  await entry(ada, 'message', 'filler 119');

  await ada.keyboard.press('Control+k');
  await ada.keyboard.type('from:cleo valve');
  await ada.getByRole('option', { name: /another valve/u }).waitFor();
  assert.equal(await ada.getByRole('option', { name: /opens at noon/u }).count(), 0);
  await ada.keyboard.press('Enter');
  await ada.getByRole('heading', { name: 'Engine room' }).waitFor();
  await entry(ada, 'message', 'another valve');
  assertContent(ada);
}));

test('the switcher goes to a room by keys alone', LIMIT, () => withHost(async (host) => {
  await makeRoom(host, 'Engine room');
  const ada = await enterRoom(browser, host.room, 'Ada', DARK);
  await ada.keyboard.press('Control+k');
  await ada.getByRole('combobox', { name: 'Find rooms and messages' }).waitFor();
  await ada.keyboard.type('eng');
  await picture(ada, 'room-switcher-dark');
  await ada.keyboard.press('Enter');
  await ada.getByRole('heading', { name: 'Engine room' }).waitFor();
  assertContent(ada);
}));

test('everything is within reach on a phone', LIMIT, () => withHost(async (host) => {
  await makeRoom(host, 'Engine room');
  const ada = await enterRoom(browser, host.room, 'Ada', PHONE);
  await say(ada, 'from my phone');
  await entry(ada, 'message', 'from my phone');
  await ada.getByRole('button', { name: 'Rooms' }).click();
  await picture(ada, 'room-phone-rooms');
  await ada.getByRole('button', { name: /Find/u }).click();
  await ada.getByRole('option', { name: /Engine room/u }).click();
  await ada.getByRole('heading', { name: 'Engine room' }).waitFor();
  const width = await ada.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 390, `nothing is wider than the screen: ${width}`);
  assertContent(ada);
}));
