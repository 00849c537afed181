// The smallest add-on: a descriptor, an install that is accepted, and a token. It shows what any
// add-on gets from the host, with none of our own code on its side.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';

const KEY = 'test.addon';

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

function descriptor(base, name, scopes) {
  return {
    key: KEY,
    name,
    description: 'Posts what a test tells it to',
    vendor: { name: 'Test', url: 'https://example.test' },
    links: { self: `${base}/descriptor`, homepage: `${base}/` },
    capabilities: {
      hipchatApiConsumer: { scopes, fromName: name },
      installable: { allowRoom: true, allowGlobal: false, callbackUrl: `${base}/installable` },
    },
  };
}

class Addon {
  #server;
  #scopes;
  #installed = null;
  base = '';

  constructor(name, scopes) {
    this.#scopes = scopes;
    this.#server = http.createServer(async (request, response) => {
      const body = await bodyOf(request);
      if (request.method === 'GET' && request.url === '/descriptor') {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(descriptor(this.base, name, scopes)));
      } else if (request.method === 'POST' && request.url === '/installable') {
        this.#installed = JSON.parse(body);
        response.writeHead(200).end();
      } else if (request.method === 'DELETE') {
        response.writeHead(204).end();
      } else {
        response.writeHead(404).end();
      }
    });
  }

  async listen() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.base = `http://localhost:${this.#server.address().port}`;
    return this;
  }

  /** Installs itself into `room` of the host as its integrations page does. */
  async installInto(host, room) {
    const answer = await fetch(`${host}/api/rooms/${encodeURIComponent(room)}/integrations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: `${this.base}/descriptor`, scopes: this.#scopes }),
    });
    assert.equal(answer.status, 201, await answer.text());
    assert.ok(this.#installed.oauthId, 'the host sends an oauthId');
    assert.ok(this.#installed.oauthSecret, 'the host sends an oauthSecret');
  }

  async uninstallFrom(host, room) {
    const answer = await fetch(`${host}/api/rooms/${encodeURIComponent(room)}/integrations/${KEY}`, { method: 'DELETE' });
    assert.equal(answer.status, 204, await answer.text());
  }

  /** A token by client credentials, from the address that the capabilities document names. */
  async token() {
    const { oauthId, oauthSecret, capabilitiesUrl } = this.#installed;
    const { capabilities } = await (await fetch(capabilitiesUrl)).json();
    const answer = await fetch(capabilities.oauth2Provider.tokenUrl, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from(`${oauthId}:${oauthSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: this.#scopes.join(' ') }),
    });
    assert.equal(answer.status, 200);
    return (await answer.json()).access_token;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** An add-on that listens on a free port; stop() it. */
export const startAddon = (name, scopes) => new Addon(name, scopes).listen();
