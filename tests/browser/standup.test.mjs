// The dialog and the configuration page of examples/standup in frames of a host.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertContent, picture, startBrowser } from './browser.mjs';
import { EXPIRED, ROOM, startInstalled } from './example_host.mjs';
import { callsOf } from './frame_sites.mjs';

const DIALOG = '/dialog/report';
const CONFIGURE = '/configure';
const NOTIFICATIONS = `/v2/room/${ROOM}/notification`;
const LIMIT = { timeout: 60000 };

let browser;
let standup;
let page;
before(async () => {
  browser = await startBrowser();
  standup = await startInstalled('standup');
  page = await standup.openHost(browser);
});
after(async () => {
  await browser.close();
  await standup.stop();
});

const press = (host, eid, button) => host.evaluate(([id, key]) => window.shown.get(id).pressButton(key), [eid, button]);

// proves: addon 7.1 dialog; addon 7.3 button click
test('a report is written in the dialog and posted as a card', LIMIT, async () => {
  const { eid, frame } = await standup.show(page, DIALOG, { moduleKey: 'report' });
  assert.equal(await press(page, eid, 'post'), false, 'nothing is said yet, so the dialog stays');
  await frame.getByLabel('What have you done?').fill('Fixed <b>the build</b>\nand slept');
  await frame.getByLabel('What is in your way?').fill('Bo\'s "tests"');
  await picture(page, 'standup-dialog');
  assert.equal(await press(page, eid, 'post'), true, 'the dialog closes');
  const [posted] = await standup.rest.calls('POST', NOTIFICATIONS);
  assert.equal(posted.card.title, 'Standup: Ada Lindqvist');
  assert.equal(posted.card.description, 'Fixed <b>the build</b>\nand slept');
  assert.equal(posted.card.attributes[0].value.label, 'Bo\'s "tests"');
  assertContent(page);
});

test('the dialog shows the report of today when it is opened again, and closes without posting', LIMIT, async () => {
  const { eid, frame } = await standup.show(page, DIALOG, { moduleKey: 'report' });
  assert.equal(await frame.getByLabel('What have you done?').inputValue(), 'Fixed <b>the build</b>\nand slept');
  assert.equal(await frame.getByLabel('What is in your way?').inputValue(), 'Bo\'s "tests"');
  assert.equal(await press(page, eid, 'close'), true);
  assert.equal((await standup.rest.calls('POST', NOTIFICATIONS)).length, 1);
});

// proves: addon 7.4 actions; host 6 waiting events
test('the message action puts the message into the report', LIMIT, async () => {
  const opened = standup.show(page, DIALOG, { moduleKey: 'report' });
  // The host has it ready before the page listens.
  await page.waitForFunction(() => document.querySelector('iframe[id^="hipchat-standup__report"]'));
  await page.evaluate(() => {
    const frame = [...window.shown.values()].at(-1);
    frame.deliver('add-to-standup', { body: 'the shop is up again', mid: '1', type: 'message' });
  });
  const { frame } = await opened;
  await frame.waitForFunction(() => document.forms.report.elements.done.value.endsWith('\nthe shop is up again'));
});

test('what the add-on refuses is said in the dialog, which stays', LIMIT, async () => {
  const own = await standup.openHost(browser);  // whose console may complain
  const { eid, frame } = await standup.show(own, DIALOG, { moduleKey: 'report' });
  // Longer than the field lets a person type.
  await frame.evaluate(() => { document.forms.report.elements.done.value = 'x'.repeat(501); });
  assert.equal(await press(own, eid, 'post'), false);
  assert.match(await frame.getByRole('alert').innerText(), /^done: /u);
});

// proves: addon 4.4 renewed
test('a dialog that was open for long gets a new token from the host', LIMIT, async () => {
  const later = await standup.openHostLater(browser);
  const { eid, frame } = await standup.show(later, DIALOG, { moduleKey: 'report' });
  assert.equal(await frame.evaluate(() => connect.token()), EXPIRED);
  await frame.getByLabel('What have you done?').fill('waited');
  assert.equal(await press(later, eid, 'post'), true);
  assert.equal((await standup.rest.calls('POST', NOTIFICATIONS, 2)).at(-1).card.description, 'waited');
  assert.equal((await callsOf(later)).filter(({ name }) => name === 'tokenOf').length, 1);
});

// proves: addon 4.2 form; addon 7.6 configure
test('the settings of the room are saved by the form of its page', LIMIT, async () => {
  const { frame } = await standup.show(page, CONFIGURE, { moduleKey: 'configure' });
  await frame.getByLabel('Title of the standup').fill('Daily & co');
  await frame.getByRole('spinbutton').fill('1');
  await picture(page, 'standup-configure');
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.waitForSelector('#saved');
  assert.equal(await frame.getByLabel('Title of the standup').inputValue(), 'Daily & co');
  assert.match(await standup.say('/standup'), /^Daily & co of /u);
  assertContent(page);
});

// proves: addon 7.1 framable
test('strangers get 401, and no other host can frame the pages', LIMIT, async () => {
  for (const where of [DIALOG, CONFIGURE]) {
    assert.equal((await fetch(`${standup.base}${where}`)).status, 401, where);
    assert.ok(await standup.isRefusedElsewhere(browser, where), where);
  }
});
