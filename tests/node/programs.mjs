// The real programs, started on free ports with their data in a temporary folder.
//
// HIPCHAT_BIN is the folder they are in.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const START = 30000;  // milliseconds; generous, for builds with a sanitizer on a busy machine

class Program {
  #name;
  #child;
  #output = '';
  #lines = [];
  #waiting = new Set();
  #ended;

  /** `name` is a file of HIPCHAT_BIN, or a path from the root. */
  constructor(name, args, environment) {
    const file = path.isAbsolute(name) ? name : path.join(process.env.HIPCHAT_BIN ?? '', name);
    this.#name = name;
    this.#child = spawn(file, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const input of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        this.#output += `${line}\n`;
        this.#lines.push(line);
        for (const look of this.#waiting) look();
      });
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve({ code: null, signal: null, error }));
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  /** What follows `prefix` on the first line, of either output, that begins with it. */
  line(prefix) {
    return new Promise((resolve, reject) => {
      const fail = (why) => {
        settle();
        reject(new Error(`${this.#name} ${why} before it printed "${prefix}"\n${this.#output}`));
      };
      const look = () => {
        const found = this.#lines.find((line) => line.startsWith(prefix));
        if (found === undefined) return;
        settle();
        resolve(found.slice(prefix.length).trim());
      };
      const timer = setTimeout(() => {
        fail('did nothing for long');
        this.#child.kill('SIGKILL');  // nobody gets to stop what never became ready
      }, START);
      const settle = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      this.#ended.then(({ code, signal, error }) => fail(`ended (${error?.message ?? signal ?? code})`));
      look();
    });
  }

  /** Ends a program that does not know how to end well. */
  async kill() {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }

  /** Ends it as an operator would; it must go well. */
  async stop() {
    this.#child.kill('SIGTERM');
    const { code, signal, error } = await this.#ended;
    assert.equal(code, 0, `${this.#name} ended with ${error?.message ?? signal ?? code}\n${this.#output}`);
  }
}

/** Runs `use(folder)`; the folder is gone afterwards. */
export async function withFolder(use) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'hipchat-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A host with its rooms in `folder`; `url` is its base, `room` the address of Lobby. `baseUrl` is its address
 * behind a proxy, if there is one.
 */
export async function startHost(folder, port = 0, baseUrl = undefined) {
  const program = new Program('hipchat-connect', ['host', '--port', String(port), '--data', path.join(folder, 'host'),
    ...(baseUrl === undefined ? [] : ['--base-url', baseUrl])]);
  const url = await program.line('HipChat host: ');
  const room = await program.line('Room: ');
  return { url, room, stop: () => program.stop() };
}

/** One of the examples, by its name; `url` is where its descriptor is. */
export async function startExample(name, folder) {
  const program = new Program(name, [], { AC_PORT: '0', AC_STORE: `sqlite:${path.join(folder, `${name}.db`)}` });
  const url = await program.line('Public descriptor base URL: ');
  return { url, stop: () => program.stop() };
}

/** A free port; another program may take it before it is used, which then fails and says so. */
export async function freePort() {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * An old add-on: a script that listens on PORT, says so in a line that begins with `ready`, and ends at
 * SIGTERM as its interpreter does.
 */
export async function startScript(file, { interpreter = process.execPath, ready = 'Listening: ', environment, port } = {}) {
  const chosen = port ?? await freePort();
  const program = new Program(interpreter, [file], { ...environment, PORT: String(chosen) });
  await program.line(ready);
  return { url: `http://localhost:${chosen}`, port: chosen, stop: () => program.kill() };
}

export const startGreeter = (folder) => startExample('greeter', folder);

/** Runs `use(...started)` and stops what was started, last first; the first failure counts. */
export async function withPrograms(start, use) {
  const started = [];
  const failures = [];
  try {
    for (const one of start) started.push(await one());
    await use(...started);
  } catch (error) {
    failures.push(error);
  }
  for (const program of started.reverse()) {
    try {
      await program.stop();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
