// A page of a real add-on in a real frame, under a clock that the test moves.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';

import { startExample, withFolder, withPrograms } from '../node/programs.mjs';
import { openPage, startBrowser } from './browser.mjs';
import { callsOf, openHost, startSites } from './frame_sites.mjs';

const LIMIT = { timeout: 120000 };
const OAUTH_ID = '5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7';
const SECRET = 'q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B';

const base64url = (text) => Buffer.from(text).toString('base64url');

/** A token as a host signs it, at a time so many seconds ahead. */
function signed({ ahead = 0, secret = SECRET, issuer = OAUTH_ID, life = 3600 } = {}) {
  const iat = Math.floor(Date.now() / 1000) + ahead;
  const claims = { iss: issuer, sub: '7', prn: '7', iat, exp: iat + life, jti: String(Math.random()), context: { room_id: 4021, user_tz: 'UTC' } };
  const input = `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url(JSON.stringify(claims))}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** What an install needs of a host. */
function answerAsHost(request, response) {
  const host = `http://${request.headers.host}`;
  const answers = {
    '/v2/capabilities': {
      name: 'HipChat',
      links: { self: `${host}/v2/capabilities`, api: `${host}/v2`, homepage: host },
      capabilities: {
        hipchatApiProvider: { url: `${host}/v2/` },
        oauth2Provider: { tokenUrl: `${host}/v2/oauth/token`, authorizationUrl: `${host}/users/authorize` },
      },
    },
    '/v2/oauth/token': { access_token: 'an-access-token', token_type: 'bearer', expires_in: 3600, scope: '', group_id: 1, group_name: 'Test' },
  };
  const { pathname } = new URL(request.url, host);
  request.resume();
  response.writeHead(answers[pathname] ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(answers[pathname] ?? {}));
}

async function install(addon, host) {
  const answer = await fetch(`${addon}/addon/installable`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ oauthId: OAUTH_ID, oauthSecret: SECRET, capabilitiesUrl: `${host}/v2/capabilities`, groupId: 1, roomId: 4021 }),
  });
  assert.equal(answer.status, 201, await answer.text());
}

const advance = (addon, seconds) => fetch(`${addon}/test/advance?seconds=${seconds}`, { method: 'POST' });

const located = (addon, token) => `${addon}/dialog/settings?signed_request=${token}&connect_client_api_version=1&theme=light`;

let browser;
let sites;
before(async () => {
  browser = await startBrowser();
  sites = await startSites(answerAsHost);
});
after(async () => {
  await browser.close();
  await sites.stop();
});

/** Runs `use(addon)` with the add-on installed into the host. */
const withAddon = (use) => () => withFolder((folder) => withPrograms([() => startExample('paged', folder)], async ({ url }) => {
  await install(url, sites.host);
  await use(url);
}));

/** The page in a frame of the host page, once its title is there. */
async function openDialog(page, addon) {
  const eid = await page.evaluate((what) => window.show(what), {
    addonKey: 'test.paged', moduleKey: 'settings', url: `${addon}/dialog/settings`, location: located(addon, signed()),
  });
  const frame = await (await page.waitForSelector(`iframe[id="${eid}"]`)).contentFrame();
  await frame.waitForFunction(() => document.title === 'Settings' && window.HipChat);
  return frame;
}

const who = (frame) => frame.evaluate(async () => {
  const answer = await connect.fetch('/api/who');
  return { status: answer.status, said: await answer.text() };
});

// proves: addon 7.1 dialog; addon 7.1 framable; addon 7.2 all.js
test('a page opens, calls its add-on with a renewed token, submits a form and closes', LIMIT, withAddon(async (addon) => {
  const page = await openHost(browser, sites);
  const frame = await openDialog(page, addon);
  const known = { status: 200, said: '{"user":"7","room":4021}' };
  assert.deepEqual(await who(frame), known);
  const first = await frame.evaluate(() => connect.token());

  await advance(addon, 16 * 60);
  await page.evaluate((jwt) => { window.tokens = [jwt]; }, signed({ ahead: 16 * 60 }));
  assert.deepEqual(await who(frame), known, 'the host vouched again');
  assert.equal((await callsOf(page)).filter(({ name }) => name === 'tokenOf').length, 1);
  assert.notEqual(await frame.evaluate(() => connect.token()), first);

  await frame.getByLabel('Greeting').fill('Hello & <b>welcome</b>');
  await frame.getByRole('button', { name: 'Save' }).click();
  await frame.locator('#saved').waitFor();
  assert.equal(await frame.locator('#saved').innerText(), 'Hello & <b>welcome</b>');
  assert.deepEqual(await who(frame), known, 'the page after the form has a token too');

  await page.evaluate(() => { window.onDialogClose = (closing) => host.close(closing); });
  await frame.getByRole('button', { name: 'Close' }).click();
  await page.locator('iframe').waitFor({ state: 'detached' });
  await page.context().close();
}));

test('a page that the host does not vouch for again is told so', LIMIT, withAddon(async (addon) => {
  const page = await openHost(browser, sites);
  const frame = await openDialog(page, addon);
  await advance(addon, 16 * 60);
  assert.equal((await who(frame)).status, 401);
  await page.context().close();
}));

test('strangers get 401', LIMIT, withAddon(async (addon) => {
  const status = async (path, options) => (await fetch(`${addon}${path}`, options)).status;
  const dialog = (token) => `/dialog/settings?signed_request=${token}`;
  assert.equal(await status(dialog(signed())), 200);
  const wrong = {
    nothing: '',
    'another secret': signed({ secret: 'another' }),
    'another tenant': signed({ issuer: 'another' }),
    'an old token': signed({ ahead: -8000 }),
    'no signature': signed().replace(/[^.]*$/u, ''),
  };
  for (const [what, token] of Object.entries(wrong)) {
    assert.equal(await status(dialog(token)), 401, what);
    assert.equal(await status('/api/who', { headers: { Authorization: `JWT ${token}` } }), 401, what);
    const body = new URLSearchParams({ greeting: 'x', signed_request: token });
    assert.equal(await status('/settings', { method: 'POST', body }), 401, what);
  }
  const markup = await (await fetch(`${addon}${dialog(signed())}`)).text();
  const token = /data-token="([^"]+)"/u.exec(markup)[1];
  assert.equal(await status('/api/who', { headers: { Authorization: `JWT ${token}` } }), 200);
  await advance(addon, 15 * 60);
  assert.equal(await status('/api/who', { headers: { Authorization: `JWT ${token}` } }), 401, 'a page token that has expired');
}));

// proves: addon 7.1 framable
test('the page refuses to be framed by another host', LIMIT, withAddon(async (addon) => {
  const stranger = await openPage(browser, `${sites.other}/bare`);
  const refused = stranger.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await stranger.evaluate((address) => {
    const element = document.createElement('iframe');
    element.src = address;
    document.body.append(element);
  }, located(addon, signed()));
  assert.match((await refused).text(), new RegExp(`frame-ancestors ${sites.host}`, 'u'));
  const frame = await (await stranger.waitForSelector('iframe')).contentFrame();
  assert.match(frame.url(), /^chrome-error:/u);
  await stranger.context().close();
}));
