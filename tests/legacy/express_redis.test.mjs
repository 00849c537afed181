// atlassian-connect-express-hipchat 0.3.9 in production: its installations are in Redis, by
// jugglingdb-redis 0.0.2; express.test.mjs has them in memory.

import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { goThrough } from './old_addon.mjs';

test('an add-on of atlassian-connect-express-hipchat that keeps its installations in Redis works from its install to its end', { timeout: 90000 }, () => goThrough({
  script: fileURLToPath(new URL('addons/express/app.cjs', import.meta.url)),
  start: () => ({ environment: { NODE_ENV: 'production' } }),
  descriptor: '/atlassian-connect.json',
  key: 'test.express',
  freshToken: 'x-acpt',
  keeps: true,
}));
