// A page that plays the host with the real modules of web/connect, and add-ons on other origins, for
// the tests of the frame protocol. Nothing here is part of the product but what it serves.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { openPage } from './browser.mjs';

const folder = fileURLToPath(new URL('../../web/connect', import.meta.url));
const SAME_BYTES = { 'all-debug.js': 'all.js', 'all-debug.css': 'all.css' };
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };

// The host page keeps what happens in it: `calls` of behaviours, `heard` all messages in the order in
// which they came, after FrameHost has seen them.
const HOST_SCRIPT = `
  import { FrameHost } from '/connect/frame_host.js';
  import { Refusal } from '/connect/frame_api.js';
  window.FrameHost = FrameHost;
  window.calls = [];
  window.clock = 0;
  window.tokens = [];
  window.shown = new Map();
  const record = (name, answer) => (frame, ...args) => {
    calls.push({ name, addon: frame.addonKey, args });
    return answer?.(...args);
  };
  window.host = new FrameHost({
    now: () => window.clock,
    tokenOf: (frame) => {
      calls.push({ name: 'tokenOf', addon: frame.addonKey });
      if (tokens.length === 0) throw new Error('internal detail');
      return tokens.shift();
    },
    behaviours: {
      dialog: {
        open: record('dialog.open', (options) => {
          if (typeof options.key !== 'string') throw new Refusal('dialog.open: key must be text.');
        }),
        close: (frame) => {
          record('dialog.close')(frame);
          window.onDialogClose?.(frame);
        },
      },
      room: {
        create: record('room.create'),
        invite: record('room.invite', () => { throw new Error('internal detail'); }),
        getRoomDetails: record('room.getRoomDetails', () => ({ id: 7, name: 'Lobby', privacy: 'public', topic: '' })),
      },
      chat: { appendMessage: record('chat.appendMessage', (text) => window.slow?.get(text)) },
      file: { openInFileViewer: record('file.openInFileViewer') },
    },
  });
  window.show = (what) => {
    const frame = host.open(what);
    shown.set(frame.eid, frame);
    document.body.append(frame.element);
    return frame.eid;
  };
  window.heard = [];
  window.addEventListener('message', (event) => heard.push(event.data));
  window.ready = true;
`;

// A page without the script keeps what it is sent, to be spoken to as a test likes.
const BARE = `<!doctype html><title>bare</title>
<script>
  window.got = [];
  addEventListener('message', (event) => got.push({ origin: event.origin, data: event.data }));
  window.eid = (() => { try { return JSON.parse(window.name).extension_id; } catch { return null; } })();
  window.say = (message) => parent.postMessage({ eid, ...message }, '*');
</script>`;

const scripted = (host, script) => `<!doctype html><title>page</title>
<link rel="stylesheet" href="${host}/atlassian-connect/all.css">
<script src="${host}/atlassian-connect/${script}"></script>
<form method="post" action="/page"><button>Send</button></form><button id="press" type="button">Press</button>`;

async function listen(name, answer) {
  const server = http.createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://${name}:${server.address().port}` };
}

async function serveFile(response, name) {
  const file = path.join(folder, path.basename(SAME_BYTES[name] ?? name));
  response.writeHead(200, { 'Content-Type': TYPES[path.extname(file)] });
  response.end(await readFile(file));
}

function html(response, text) {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(text);
}

/**
 * `host` is the origin of the host page, `addon` and `other` those of add-ons; stop() them. `rest` answers
 * what lies below /v2 on the host.
 */
export async function startSites(rest = (request, response) => response.writeHead(404).end()) {
  const hosts = await listen('127.0.0.1', (request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    if (pathname.startsWith('/v2/')) rest(request, response);
    else if (/^\/(?:connect|atlassian-connect)\//u.test(pathname)) serveFile(response, path.basename(pathname));
    else if (pathname === '/host.js') response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(HOST_SCRIPT);
    else html(response, '<!doctype html><title>host</title><link rel="icon" href="data:,"><body><script type="module" src="/host.js"></script>');
  });
  const pages = (request, response) => {
    const { pathname } = new URL(request.url, 'http://addon');
    request.resume();
    if (pathname === '/bare') html(response, BARE);
    else if (pathname === '/debug') html(response, scripted(hosts.origin, 'all-debug.js'));
    else html(response, scripted(hosts.origin, 'all.js'));
  };
  const addons = await listen('localhost', pages);
  const others = await listen('localhost', pages);
  return {
    host: hosts.origin,
    addon: addons.origin,
    other: others.origin,
    async stop() {
      for (const { server } of [hosts, addons, others]) {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      }
    },
  };
}

/** The host page in a browser of its own. */
export async function openHost(browser, sites) {
  const page = await openPage(browser, `${sites.host}/`);
  await page.waitForFunction(() => window.ready);
  return page;
}

/**
 * Opens the page at `location` as a module of an add-on. Answers its eid and the frame, once the page
 * in it has loaded. Other members go to FrameHost.open as they are.
 */
export async function show(page, { addonKey = 'an.addon', moduleKey = 'panel', location, ...more }) {
  const eid = await page.evaluate((what) => window.show(what), { addonKey, moduleKey, url: location, location, ...more });
  const element = await page.waitForSelector(`iframe[id="${eid}"]`, { state: 'attached' });
  const frame = await element.contentFrame();
  await frame.waitForFunction(() => document.readyState === 'complete' && document.title !== '');
  return { eid, frame };
}

export const callsOf = (page) => page.evaluate(() => window.calls);

/** Everything that was sent to the host page before this has been seen by it, and answered. */
export async function settled(page, from) {
  const mark = `mark-${Math.random()}`;
  await from.evaluate((text) => window.top.postMessage(text, '*'), mark);
  await page.waitForFunction((text) => window.heard.includes(text), mark);
}

/** What a bare page has been sent up to now. */
export async function gotBy(page, { eid, frame }) {
  await settled(page, frame);
  const mark = `mark-${Math.random()}`;
  await page.evaluate(([id, text]) => document.getElementById(id).contentWindow.postMessage(text, '*'), [eid, mark]);
  await frame.waitForFunction((text) => window.got.some(({ data }) => data === text), mark);
  return frame.evaluate(() => window.got.map(({ data }) => data).filter((data) => typeof data !== 'string'));
}
