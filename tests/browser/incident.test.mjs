// The pages of examples/incident: the timeline in a tab, the administrator's page in a frame of a host.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertContent, openPage, picture, startBrowser } from './browser.mjs';
import { ADA, ROOM, startInstalled, tokenFor } from './example_host.mjs';

const TIMELINE = '/page/timeline';
const ADMIN = '/admin';
const PUSHES = `/v2/addon/ui/room/${ROOM}`;
const BO = { id: 118, name: 'Bo Tanaka', mention_name: 'BoT' };
const LIMIT = { timeout: 60000 };

let browser;
let incident;
let page;
before(async () => {
  browser = await startBrowser();
  incident = await startInstalled('incident');
  page = await incident.openHost(browser);
});
after(async () => {
  await browser.close();
  await incident.stop();
});

/** What the add-on asked of the host's webhooks with that method, the last first. */
const asked = (method) => incident.rest.requests
  .filter((one) => one.method === method && one.path.startsWith(`/v2/room/${ROOM}/extension/webhook/`)).reverse();
const webhook = () => JSON.parse(asked('PUT')[0].body);
const lines = (tab) => tab.locator('#lines li').allInnerTexts();

// proves: addon 7.1 external page; addon 5.1 by REST
test('the timeline is a page in a tab, with what was said since the incident was opened', LIMIT, async () => {
  assert.match(await incident.say('/incident open DB <b>is</b> down'), /^Incident: DB <b>is<\/b> down\./u);
  const [opened] = await incident.rest.calls('POST', PUSHES);
  assert.equal(opened.glance[0].content.status.value.label, '0 min');
  await incident.deliver(webhook().url, 'restarting the <i>database</i>', BO);
  const tab = await openPage(browser, incident.address(TIMELINE));
  assert.equal(await tab.title(), 'DB <b>is</b> down');
  assert.match(await tab.locator('#state').innerText(), /^open for 0 min,\sopened by Ada Lindqvist on \d{4}-/u);

  await incident.deliver(webhook().url, 'it is up again', ADA);
  // What is said is stored after the host has its answer, so a refresh may come too early.
  do await Promise.all([tab.waitForEvent('load'), tab.getByRole('link', { name: 'Refresh' }).click()]);
  while ((await lines(tab)).length < 2);
  const [first, second] = (await lines(tab)).map((text) => text.replace(/^[\d: -]+/u, ''));
  assert.equal(first, 'Bo Tanaka restarting the <i>database</i>');
  assert.equal(second, 'Ada Lindqvist it is up again');
  assert.equal(await tab.evaluate(() => document.documentElement.dataset.theme), 'light');
  await picture(tab, 'incident-timeline');
  assertContent(tab);
});

// proves: addon 7.6 admin page
test('an administrator closes it, and the room is heard no longer', LIMIT, async () => {
  const { url, key } = webhook();
  const { frame } = await incident.show(page, ADMIN, { moduleKey: 'admin' });
  await frame.getByRole('row', { name: /^Room 4021 DB <b>is<\/b> down open 0 min/u }).waitFor();
  await picture(page, 'incident-admin');
  await frame.getByRole('button', { name: 'Close' }).click();
  await frame.getByRole('row', { name: /closed after 0 min/u }).waitFor();
  assert.equal(await frame.getByRole('button', { name: 'Close' }).count(), 0);
  assert.ok(asked('DELETE')[0].path.endsWith(`/${key}`));
  const late = await fetch(url, { method: 'POST', headers: { Authorization: `JWT ${tokenFor()}` }, body: '{}' });
  assert.equal(late.status, 410);
  assert.equal(await incident.say('/incident'), 'No incident is open. Say /incident open TITLE');
  assertContent(page);
});

test('the host\'s page reads its glance', LIMIT, async () => {
  const shown = await page.evaluate(async (url) => (await fetch(url)).json(), incident.address('/glance/incident'));
  assert.equal(shown.label.value, 'No incident');
});

// proves: addon 7.1 framable
test('strangers get 401, and no other host can frame the pages', LIMIT, async () => {
  for (const where of [TIMELINE, ADMIN, '/glance/incident']) {
    assert.equal((await fetch(`${incident.base}${where}`)).status, 401, where);
    assert.equal((await fetch(`${incident.base}${where}?signed_request=${tokenFor()}x`)).status, 401, where);
  }
  assert.ok(await incident.isRefusedElsewhere(browser, ADMIN));
});
