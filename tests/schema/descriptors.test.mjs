// The descriptor of each example against the protocol's schema, by a validator that is not ours.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { load } from '../node/packages.mjs';
import { startExample, withFolder, withPrograms } from '../node/programs.mjs';

const Ajv = load('schema', 'ajv');
const schema = JSON.parse(await readFile(new URL('../../docs/protocol/descriptor.schema.json', import.meta.url)));
const fits = new Ajv({ allErrors: true, strict: false }).compile(schema);
const LIMIT = { timeout: 60000 };

for (const name of ['greeter', 'karma', 'standup', 'incident']) {
  test(`the descriptor of ${name} fits the schema`, LIMIT, () =>
    withFolder((folder) => withPrograms([() => startExample(name, folder)], async ({ url }) => {
      const descriptor = await (await fetch(url)).json();
      assert.ok(fits(descriptor), JSON.stringify(fits.errors, null, 2));
      const { links, ...without } = descriptor;
      assert.ok(!fits(without), 'the validator finds what is missing');
    })));
}

test('the schema knows what a descriptor may not hold', LIMIT, async () => {
  const sample = await readFile(new URL('../fixtures/protocol/descriptor.full.json', import.meta.url));
  const full = JSON.parse(sample);
  assert.ok(fits(full), JSON.stringify(fits.errors, null, 2));
  full.capabilities.webhook[0].event = 'room_painted';
  assert.ok(!fits(full));
});
