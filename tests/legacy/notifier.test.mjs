// hipchat-notifier 1.1.0, a client of build servers, unchanged: it speaks https only.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { folderOf } from '../node/packages.mjs';
import { tokenOf, withHttpsHost } from './https_host.mjs';

const SCRIPT = fileURLToPath(new URL('clients/notifier_calls.cjs', import.meta.url));

test('every kind of notification of hipchat-notifier arrives in its colour', { timeout: 90000 }, () =>
  withHttpsHost(async (front, host) => {
    const token = await tokenOf(host, 'rooms/Lobby', { label: 'builds' });
    const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: front.certificate, NOTIFIER_HOST: new URL(front.url).host,
        NOTIFIER_TOKEN: token, NOTIFIER_PACKAGE: path.join(folderOf('legacy'), 'node_modules', 'hipchat-notifier') },
    });
    assert.deepEqual(JSON.parse(stdout), [
      ['notice', 204], ['info', 204], ['success', 204], ['warning', 204], ['failure', 204], ['send', 204], ['notice', 401],
    ]);
    const answer = await fetch(`${host}/api/rooms/Lobby/changes?after=0`);
    const shown = (await answer.json()).changes.filter(({ kind }) => kind === 'notification');
    assert.deepEqual(shown.map(({ color, text, format, notify, label }) => [color, text, format, notify, label]), [
      ['gray', 'queued', 'text', false, 'CI'],
      ['yellow', 'started', 'text', false, 'CI'],
      ['green', 'passed', 'text', false, 'CI'],
      ['purple', '<b>slow</b>', 'html', false, 'CI'],
      ['red', 'failed', 'text', false, 'CI'],
      ['purple', 'own', 'text', true, 'Nightly'],
    ]);
    assert.deepEqual([...new Set(shown.map(({ from }) => from))], ['builds']);
  }));
