// What the tests of the examples' pages need: an example as a program, a host that has installed it and
// shows its pages in frames, and requests as that host signs them.

import assert from 'node:assert/strict';
import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { startExample } from '../node/programs.mjs';
import { openPage } from './browser.mjs';
import { openHost, show, startSites } from './frame_sites.mjs';

const OAUTH_ID = '5d1c2f8e-7a40-4b6b-9d0e-3f2a9c81e6b7';
const SECRET = 'q7Rk2VtXw9LmZp4Ns8YbHd3Gf6JcQa1EuTo5Ki0B';
export const ROOM = 4021;
export const ADA = { id: 117, name: 'Ada Lindqvist', mention_name: 'AdaL' };

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);
const start = now();

function signed(header, claims, key) {
  const input = `${encoded(header)}.${encoded(claims)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}

/** A token as the host signs it for that person in the room; a guest has no id. */
export const tokenFor = (person = ADA) => signed({ alg: 'HS256', typ: 'JWT' }, {
  iss: OAUTH_ID, sub: person.id && String(person.id), iat: now(), exp: now() + 3600, jti: randomUUID(), context: { room_id: ROOM },
}, SECRET);

/** A page token as the add-on made it so many seconds ago: made here, as no test waits for a quarter of an hour. */
export const pageToken = (age, person = ADA) => signed({ alg: 'HS256', typ: 'page+jwt' }, {
  iss: OAUTH_ID, gen: 1, sub: String(person.id), room: ROOM, began: start - age, iat: start - age, exp: start - age + 900,
}, Buffer.from(hkdfSync('sha256', SECRET, '', `hipchat-connect page token 1\n${OAUTH_ID}\n1`, 32)));

export const EXPIRED = pageToken(1000);

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

const json = (response, status, document) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(document));

/** The host's REST API as far as the examples use it; `requests` has what it was asked. */
class RestApi {
  requests = [];
  base = '';
  #waiting = new Set();

  async answer(request, response) {
    const body = await bodyOf(request);
    const { pathname } = new URL(request.url, this.base);
    if (pathname === '/v2/capabilities') json(response, 200, this.#capabilities());
    else if (pathname === '/v2/oauth/token') json(response, 200, this.#grant(new URLSearchParams(body)));
    else this.#take(request.method, pathname, body, response);
    for (const look of this.#waiting) look();
  }

  /** The bodies of the calls at that path, once there are `count`. */
  calls(method, where, count = 1) {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.requests.filter((one) => one.method === method && one.path === where);
        if (found.length < count) return;
        this.#waiting.delete(look);
        resolve(found.map(({ body }) => (body ? JSON.parse(body) : null)));
      };
      this.#waiting.add(look);
      look();
    });
  }

  #take(method, where, body, response) {
    this.requests.push({ method, path: where, body });
    if (method === 'GET' && where.endsWith('/participant')) json(response, 200, { items: [ADA], links: {} });
    else if (method === 'PUT') json(response, 201, { id: 1, links: { self: `${this.base}${where}` } });
    else response.writeHead(204).end();
  }

  #grant(asked) {
    return {
      access_token: 'token', token_type: 'bearer', expires_in: 3600, scope: asked.get('scope') ?? '',
      group_id: 1, group_name: 'Example Group',
    };
  }

  #capabilities() {
    return {
      key: 'hipchat', name: 'HipChat', description: 'A host', vendor: { name: 'Test', url: this.base },
      links: { self: `${this.base}/v2/capabilities`, api: `${this.base}/v2`, homepage: this.base },
      capabilities: {
        hipchatApiProvider: { url: `${this.base}/v2/`, availableScopes: {} },
        oauth2Provider: { tokenUrl: `${this.base}/v2/oauth/token`, authorizationUrl: `${this.base}/users/authorize` },
      },
    };
  }
}

class InstalledExample {
  #sites;
  #program;
  #folder;
  base;
  rest;
  descriptor;

  constructor(sites, rest, program, folder) {
    this.#sites = sites;
    this.#program = program;
    this.#folder = folder;
    this.rest = rest;
    this.base = program.url;
  }

  async install() {
    this.descriptor = await (await fetch(`${this.base}/`)).json();
    const answer = await fetch(`${this.base}/addon/installable`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        oauthId: OAUTH_ID, oauthSecret: SECRET, capabilitiesUrl: `${this.#sites.host}/v2/capabilities`, groupId: 1, roomId: ROOM,
      }),
    });
    assert.equal(answer.status, 201, await answer.text());
    return this;
  }

  /** Somebody says `text` in the room; answers the text of the notification that came back, or ''. */
  async say(text, person = ADA) {
    let said = '';
    for (const { event, pattern, url } of this.descriptor.capabilities.webhook) {
      if (event === 'room_message' && new RegExp(pattern ?? '').test(text)) said = await this.deliver(url, text, person);
    }
    return said;
  }

  /** The message arrives at a webhook of that URL; as say(). */
  async deliver(url, text, person = ADA) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `JWT ${tokenFor(person)}` },
      body: JSON.stringify({
        event: 'room_message', oauth_client_id: OAUTH_ID, webhook_id: 1,
        item: {
          room: { id: ROOM, name: 'Build Lab' },
          message: { id: randomUUID(), date: new Date().toISOString(), type: 'message', mentions: [], message: text, from: person },
        },
      }),
    });
    assert.ok(answer.ok, `${answer.status} ${url}`);
    return answer.status === 200 ? (await answer.json()).message : '';
  }

  /** The host's page in a browser of its own; it has no token to give to pages. */
  async openHost(browser) {
    const page = await openHost(browser, this.#sites);
    await page.addStyleTag({ content: 'iframe { border: 1px solid #888; height: 420px; width: 640px; }' });
    return page;
  }

  /** Address of the page at `where` as the host opens it for that person. */
  address(where, person = ADA) {
    return `${this.base}${where}${where.includes('?') ? '&' : '?'}signed_request=${tokenFor(person)}&connect_client_api_version=1&theme=light`;
  }

  /** Shows the page at `where` in a frame of the host's page; it has registered its events then. */
  async show(page, where, more = {}) {
    const shown = await show(page, { addonKey: this.descriptor.key, location: this.address(where), scopes: ['view_room'], ...more });
    await shown.frame.evaluate(() => connect.ready.then(() => true));
    return shown;
  }

  /** The host's page where frames are as after a quarter of an hour: the tokens given to pages have expired. */
  async openHostLater(browser) {
    const page = await this.openHost(browser);
    await page.addInitScript((token) => {
      const age = () => {
        const script = document.querySelector('script[data-token]');
        if (script) script.dataset.token = token;
      };
      new MutationObserver(age).observe(document, { childList: true, subtree: true });
    }, EXPIRED);
    await page.evaluate((token) => window.tokens.push(token), tokenFor());
    return page;
  }

  /** Whether the browser refuses to show the page at `where` in a frame of anybody but its host. */
  async isRefusedElsewhere(browser, where) {
    const page = await openPage(browser, `${this.#sites.other}/bare`);
    try {
      const refusal = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
      await page.evaluate((url) => {
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
      }, this.address(where));
      await refusal;
      return await page.frames()[1].evaluate(() => document.querySelector('script[data-token]') === null);
    } finally {
      await page.context().close();
    }
  }

  async stop() {
    await this.#program.stop();
    await this.#sites.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Starts the example of that name, installed in the room of a host; stop() it. */
export async function startInstalled(name) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hipchat-test-'));
  const rest = new RestApi();
  const sites = await startSites((request, response) => rest.answer(request, response));
  rest.base = sites.host;
  const program = await startExample(name, folder);
  return new InstalledExample(sites, rest, program, folder).install();
}
