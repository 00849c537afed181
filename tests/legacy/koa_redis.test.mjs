// ac-koa-hipchat 0.2.20 with the store that its authors ran it with, Redis; koa.test.mjs has the other.

import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { goThrough } from './old_addon.mjs';

test('an add-on of ac-koa-hipchat that keeps its installations in Redis works from its install to its end', { timeout: 90000 }, () => goThrough({
  script: fileURLToPath(new URL('addons/koa.cjs', import.meta.url)),
  descriptor: '/addon/capabilities',
  key: 'test.koa',
  freshToken: 'jwt',
  keeps: true,
}));
