// Packages are installed outside the source tree, by scripts/install-node-tests.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A package of the suite `browser`, `legacy` or `schema`. */
export function load(suite, name) {
  const folder = process.env.HIPCHAT_NODE_PACKAGES ?? path.join(root, 'build', 'node', suite);
  return createRequire(path.join(folder, 'package.json'))(name);
}
