// AC-Flask-HipChat 0.2.12, the library of many add-ons that were written in Python, converted to Python 3
// when it is installed and else unchanged, with its tenants in MongoDB and its tokens in Redis.

import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { goThrough } from './old_addon.mjs';

const { HIPCHAT_PYTHON, MONGODB_URL, REDIS_URL } = process.env;

test('an add-on of AC-Flask-HipChat works from its install to its end', { timeout: 90000 }, () => goThrough({
  script: fileURLToPath(new URL('addons/flask_bell.py', import.meta.url)),
  start: (port) => ({
    interpreter: HIPCHAT_PYTHON,
    ready: 'INFO:werkzeug: * Running on ',
    environment: {
      AC_BASE_URL: `http://localhost:${port}`,
      AC_DEBUG: '',
      MONGOHQ_URL: `${MONGODB_URL}/flask`,
      // On Python 3 the tokens must come back from Redis as text.
      REDISTOGO_URL: `${REDIS_URL}/0?decode_responses=True`,
    },
  }),
  descriptor: '/addon/descriptor',
  key: 'test.flask',
  color: 'yellow',
  configured: /set up by user \d+/u,
  keeps: true,
}));
