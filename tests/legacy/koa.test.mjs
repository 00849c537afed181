// ac-koa-hipchat 0.2.20, the library of many add-ons that were written in Node, unchanged.

import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { goThrough } from './old_addon.mjs';

test('an add-on of ac-koa-hipchat works from its install to its end', { timeout: 90000 }, () => goThrough({
  script: fileURLToPath(new URL('addons/koa.cjs', import.meta.url)),
  descriptor: '/addon/capabilities',
  key: 'test.koa',
  freshToken: 'jwt',
}));
