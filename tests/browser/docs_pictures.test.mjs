// The pictures in the documents look like the product. It runs after the tests that take pictures,
// and compares what they took with docs/images; scripts/docs-pictures makes those again.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startBrowser } from './browser.mjs';

const shown = fileURLToPath(new URL('../../docs/images', import.meta.url));
const names = (await readdir(shown)).filter((name) => name.endsWith('.png'));
const ALIKE = 0.01;  // share of the pixels that may differ: ports and times do, in every run

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

/** Share of the pixels of which a colour differs visibly; 1 if the sizes differ. */
const difference = (page, pictures) => page.evaluate(async (sources) => {
  const [one, other] = await Promise.all(sources.map(async (source) => {
    const image = new Image();
    image.src = `data:image/png;base64,${source}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  }));
  if (one.width !== other.width || one.height !== other.height) return 1;
  let different = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const far = [0, 1, 2].some((part) => Math.abs(one.data[at + part] - other.data[at + part]) > 24);
    if (far) different += 1;
  }
  return different / (one.width * one.height);
}, pictures);

test('there is a picture to compare', () => assert.notEqual(names.length, 0));

for (const name of names) {
  test(`${name} shows what is there`, { timeout: 60000 }, async () => {
    const taken = process.env.HIPCHAT_SCREENSHOTS;
    assert.ok(taken, 'HIPCHAT_SCREENSHOTS names the folder of the pictures that were taken');
    const [old, now] = await Promise.all([shown, taken].map((folder) => readFile(path.join(folder, name), 'base64')));
    const page = await browser.newPage();
    const share = await difference(page, [old, now]);
    assert.ok(share < ALIKE, `${(share * 100).toFixed(1)} % of it differ; look at it and run scripts/docs-pictures`);
  });
}
