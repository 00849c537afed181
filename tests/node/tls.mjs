// https in front of a host, as an operator's proxy is: some old clients speak nothing else.

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';

/** A certificate for localhost that signs itself, made in `folder`; `file` is what its clients must trust. */
async function certificate(folder) {
  const [key, file] = [path.join(folder, 'key.pem'), path.join(folder, 'certificate.pem')];
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', file]);
  return { file, key: await readFile(key), cert: await readFile(file) };
}

/**
 * Takes https on a free port and hands each request on to `target`, a port of this machine that may come
 * later. `url` is its base; stop() it.
 */
export async function startTlsFront(folder, target) {
  const { file, key, cert } = await certificate(folder);
  const server = https.createServer({ key, cert }, (request, response) => {
    const onward = http.request(
      { host: '127.0.0.1', port: target, method: request.method, path: request.url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
    onward.once('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${server.address().port}`,
    certificate: file,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
