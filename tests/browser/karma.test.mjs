// The panel of examples/karma in a frame of a host.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertContent, picture, startBrowser } from './browser.mjs';
import { EXPIRED, pageToken, startInstalled, tokenFor } from './example_host.mjs';
import { callsOf } from './frame_sites.mjs';

const PANEL = '/webpanel/leaderboard';
const LIMIT = { timeout: 60000 };

let browser;
let karma;
let page;
before(async () => {
  browser = await startBrowser();
  karma = await startInstalled('karma');
  page = await karma.openHost(browser);
});
after(async () => {
  await browser.close();
  await karma.stop();
});

const received = (host = page) => host.evaluate((key) => window.host.messageReceived(key, {}), karma.descriptor.key);
const inPanel = (frame, text) => frame.waitForFunction(
  (words) => document.getElementById('leaders').innerText.replace(/\s+/gu, ' ').trim() === words, text);

// proves: addon 7.1 web panel; addon 7.1 theme; addon 7.2 all.js; host 6 message-received
test('the leaderboard follows what is said in the room', LIMIT, async () => {
  const { frame } = await karma.show(page, PANEL, { moduleKey: 'leaderboard' });
  await inPanel(frame, 'Nobody has karma yet. Say name++ in the room.');
  assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'light');
  assert.equal(await karma.say('bob++'), 'bob rises to 1');
  await received();
  await inPanel(frame, 'bob 1');
  await karma.say('<i>cy</i>++');
  await karma.say('<i>cy</i>++');
  await received();
  await inPanel(frame, '<i>cy</i> 2 bob 1');
  await picture(page, 'karma');
  assertContent(page);
});

// proves: addon 4.4 page token; addon 4.4 renewed
test('a panel whose token has expired gets one from the host and goes on', LIMIT, async () => {
  const later = await karma.openHostLater(browser);
  const { frame } = await karma.show(later, PANEL, { moduleKey: 'leaderboard' });
  assert.equal(await frame.evaluate(() => connect.token()), EXPIRED);
  await karma.say('dee++');
  await received(later);
  await inPanel(frame, '<i>cy</i> 2 bob 1 dee 1');
  assert.equal((await callsOf(later)).filter(({ name }) => name === 'tokenOf').length, 1);
  const call = (token) => fetch(`${karma.base}/leaders`, { headers: { Authorization: `JWT ${token}` } });
  assert.equal((await call(EXPIRED)).status, 401);
  assert.equal((await call(pageToken(100))).status, 200, 'it was refused for its age and for nothing else');
});

test('a guest sees it, a stranger does not', LIMIT, async () => {
  assert.equal((await fetch(karma.address(PANEL, { name: 'Guest' }))).status, 200);
  for (const where of [PANEL, '/leaders', '/glance/karma']) {
    assert.equal((await fetch(`${karma.base}${where}`)).status, 401, where);
    assert.equal((await fetch(`${karma.base}${where}?signed_request=${tokenFor()}x`)).status, 401, where);
  }
});

// proves: addon 7.1 framable
test('no other host can frame it', LIMIT, async () => {
  assert.ok(await karma.isRefusedElsewhere(browser, PANEL));
});

// proves: addon 6.1 CORS
test('the host\'s page reads its glance', LIMIT, async () => {
  const shown = await page.evaluate(async (url) => (await fetch(url)).json(), karma.address('/glance/karma'));
  assert.equal(shown.label.value, '&lt;i&gt;cy&lt;/i&gt;');
  assert.equal(shown.status.value.label, '2');
});
