// connect.js in a real frame: calls with the page's token, renewed, and asked for anew when it ended.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { assertContent, startBrowser } from './browser.mjs';
import { callsOf, openHost, show, startSites } from './frame_sites.mjs';

const script = await readFile(new URL('../../web/connect/connect.js', import.meta.url));
const LIMIT = { timeout: 60000 };

let browser;
let sites;
let addon;   // an add-on below /mine
let elsewhere;
let accepted;  // the tokens that the add-on takes
let renewal;   // what it sends in x-acpt
let requests;  // what it was asked
let life;      // seconds that its pages believe their tokens to last
let page;

const jwt = (word) => `e30.${Buffer.from(JSON.stringify({ iat: 1000, exp: 4600, word })).toString('base64url')}.c2ln`;

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, addon.origin);
  if (pathname === '/mine/addon/connect.js') {
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
    return;
  }
  if (pathname === '/mine/page') {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(`<!doctype html>
      <title>page</title>
      <script src="${addon.base}/addon/connect.js" data-host="${sites.host}/atlassian-connect/all.js"
              data-base="${addon.base}" data-token="first" data-life="${life}"></script>
      <form method="post" action="${addon.base}/form"><input name="name" value="Ada">
        <button name="choice" value="yes">Send</button></form>
      <form id="away" method="get" action="${elsewhere.origin}/away"><button>Leave</button></form>`);
    return;
  }
  const body = await read(request);
  const carried = (request.headers.authorization ?? '').replace(/^JWT /u, '')
    || new URLSearchParams(body).get('signed_request');
  requests.push({ path: pathname, method: request.method, type: request.headers['content-type'], carried, body });
  const known = accepted.has(carried);
  response.writeHead(known ? 200 : 401, {
    'Content-Type': 'text/html', ...(known && renewal ? { 'x-acpt': renewal } : {}),
  }).end(`<!doctype html><title>${known ? 'taken' : 'refused'}</title>`);
}

async function listen(handler) {
  const server = http.createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${server.address().port}`;
  return { server, origin, base: `${origin}/mine` };
}

before(async () => {
  browser = await startBrowser();
  sites = await startSites();
  addon = await listen(answer);
  elsewhere = await listen(async (request, response) => {
    requests.push({ path: `elsewhere ${request.url}`, carried: request.headers.authorization });
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>away</title>');
  });
});
after(async () => {
  await browser.close();
  await sites.stop();
  for (const { server } of [addon, elsewhere]) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});
beforeEach(async () => {
  accepted = new Set(['first']);
  renewal = '';
  requests = [];
  life = 900;
  page = await openHost(browser, sites);
});
afterEach(() => page.context().close());

const open = async () => (await show(page, { location: `${addon.base}/page` })).frame;
const giveTokens = (...tokens) => page.evaluate((all) => window.tokens.push(...all), tokens);
const questions = async () => (await callsOf(page)).filter(({ name }) => name === 'tokenOf').length;
const status = (frame, url, options) => frame.evaluate(
  ([to, what]) => connect.fetch(to, what).then((said) => said.status), [url, options]);

test('a call carries the token of the page, and the next one the token it brought', LIMIT, async () => {
  const frame = await open();
  accepted = new Set(['first', 'second']);
  renewal = 'second';
  assert.equal(await status(frame, '/api'), 200);
  assert.equal(await frame.evaluate(() => connect.token()), 'second');
  assert.equal(await status(frame, 'api?x=1'), 200);
  assert.deepEqual(requests.map(({ path, carried }) => [path, carried]), [['/mine/api', 'first'], ['/mine/api', 'second']]);
  assert.equal(await questions(), 0);
  assertContent(page);
});

test('JSON is sent as JSON, and headers of the author stay', LIMIT, async () => {
  const frame = await open();
  assert.equal(await status(frame, '/api', { json: { a: [1] } }), 200);
  assert.equal(await status(frame, '/api', { method: 'PUT', json: null, headers: { 'X-Mine': 'yes' } }), 200);
  assert.deepEqual(requests.map(({ method, type, body }) => [method, type, body]),
    [['POST', 'application/json', '{"a":[1]}'], ['PUT', 'application/json', 'null']]);
});

test('a token that has ended is replaced by the host, once for all calls under way', LIMIT, async () => {
  const frame = await open();
  await giveTokens(jwt('one'));
  accepted = new Set([jwt('one'), 'renewed']);
  renewal = 'renewed';
  const statuses = await frame.evaluate(() => Promise.all(['/a', '/b', '/c'].map(
    (url) => connect.fetch(url).then((said) => said.status))));
  assert.deepEqual(statuses, [200, 200, 200]);
  assert.equal(await questions(), 1);
  assert.equal(await frame.evaluate(() => connect.token()), 'renewed');
  assert.equal(requests.filter(({ carried }) => carried === 'first').length, 3);
});

test('a host that gives no token leaves the page with the refusal', LIMIT, async () => {
  const frame = await open();
  accepted.clear();
  assert.equal(await status(frame, '/api'), 401);
  assert.equal(requests.length, 1);
  await giveTokens(jwt('unknown'));
  assert.equal(await status(frame, '/api'), 401);
  assert.equal(requests.length, 3, 'a token that is refused is not asked for again and again');
});

test('a token goes to the add-on and nowhere else', LIMIT, async () => {
  const frame = await open();
  for (const url of [`${elsewhere.origin}/mine/api`, '//localhost:1/mine', '/../outside', '../outside',
    `${addon.origin}/outside`, `${addon.origin}/minefield`, 'data:text/plain,x', 'blob:x', 'javascript:0']) {
    const refusal = await frame.evaluate((to) => connect.fetch(to).then(() => 'sent', (error) => error.name), url);
    assert.equal(refusal, 'TypeError', url);
  }
  assert.deepEqual(requests, []);
});

test('a form carries the newest token', LIMIT, async () => {
  const frame = await open();
  accepted = new Set(['first', 'second']);
  renewal = 'second';
  await status(frame, '/api');
  await frame.click('text=Send');
  await frame.waitForFunction(() => document.title === 'taken');
  assert.equal(requests.at(-1).body, 'name=Ada&choice=yes&signed_request=second');
});

test('a form of a page that was open for long gets a token of the host first', LIMIT, async () => {
  life = 0;
  const frame = await open();
  await giveTokens(jwt('one'));
  accepted = new Set([jwt('one')]);
  await frame.click('text=Send');
  await frame.waitForFunction(() => document.title === 'taken');
  assert.equal(requests.at(-1).body, `name=Ada&choice=yes&signed_request=${jwt('one')}`);
  assert.equal(await questions(), 1);
});

test('a form that leads elsewhere carries nothing', LIMIT, async () => {
  const frame = await open();
  await frame.click('text=Leave');
  await frame.waitForFunction(() => document.title === 'away');
  assert.deepEqual(requests, [{ path: 'elsewhere /away?', carried: undefined }]);
});

// proves: addon 7.2 all.js
test('the script API of the host is there', LIMIT, async () => {
  const frame = await open();
  assert.equal(await frame.evaluate(() => connect.ready.then((host) => host === window.HipChat && typeof host.auth.withToken)),
    'function');
});
