// atlassian-connect-express-hipchat 0.3.9 with atlassian-connect-express 1.0.14, unchanged.

import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { goThrough } from './old_addon.mjs';

test('an add-on of atlassian-connect-express-hipchat works from its install to its end', { timeout: 90000 }, () => goThrough({
  script: fileURLToPath(new URL('addons/express/app.cjs', import.meta.url)),
  descriptor: '/atlassian-connect.json',
  key: 'test.express',
  freshToken: 'x-acpt',
}));
