// hypchat 0.21, a client that Python scripts used against hipchat.com, unchanged: it knows rooms and
// people by their addresses, which must begin with https.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { tokenOf, withHttpsHost } from './https_host.mjs';

const SCRIPT = fileURLToPath(new URL('clients/hypchat_calls.py', import.meta.url));
const SCOPES = ['admin_group', 'admin_room', 'manage_rooms', 'send_message', 'send_notification',
  'view_group', 'view_messages', 'view_room'];

test('a script that uses hypchat finds what it found at hipchat.com', { timeout: 90000 }, () =>
  withHttpsHost(async (front, host) => {
    await fetch(`${host}/api/rooms/Lobby/events`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ event: 'room_enter', as: 'Ada' }),
    });
    const token = await tokenOf(host, 'people/@Ada', { label: 'script', scopes: SCOPES });
    const small = await tokenOf(host, 'rooms/Lobby', { label: 'small' });
    const { stdout } = await promisify(execFile)(process.env.HIPCHAT_PYTHON, [SCRIPT], {
      env: { ...process.env, HIPCHAT_ENDPOINT: front.url, HIPCHAT_TOKEN: token, HIPCHAT_SMALL_TOKEN: small,
        REQUESTS_CA_BUNDLE: front.certificate },
    });
    const seen = JSON.parse(stdout);
    assert.deepEqual(seen, {
      class: 'Room',
      created: true,
      rooms: ['Deck', 'Lobby', 'Ops'],
      saved: ['Operations', 'deploying'],
      deleted: null,
      gone: 'Room not found',
      history: ['good morning', '<b>up</b>', 'you too'],
      dates: true,
      latest: 2,
      expanded: 'Ada',
      person: ['User', 'Ada'],
      people: ['Ada'],
      participants: [],
      host: 'HipChat',
      emoticons: 'EmoticonCollection',
      'no token': 'Invalid OAuth session',
      'no right': "This action requires one of the following scopes: ['view_group', 'view_room']",
    });
  }));
