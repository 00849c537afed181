// A host behind https, for old clients that speak nothing else, and tokens of it.

import assert from 'node:assert/strict';

import { freePort, startHost, withFolder, withPrograms } from '../node/programs.mjs';
import { startTlsFront } from '../node/tls.mjs';

/** A token that the host gives at `/api/{path}`; its value is shown once. */
export async function tokenOf(host, path, body) {
  const answer = await fetch(`${host}/api/${path}/tokens`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).token;
}

/** Runs `use({ url, certificate }, host)`: `url` speaks https; `host` is where its own pages' API is. */
export const withHttpsHost = (use) => withFolder(async (folder) => {
  const port = await freePort();
  await withPrograms([() => startTlsFront(folder, port)], (front) =>
    withPrograms([() => startHost(folder, port, front.url)], () => use(front, `http://localhost:${port}`)));
});
