// Packages are installed outside the source tree, by scripts/install-node-tests.

import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder with the packages of the suite `browser`, `legacy` or `schema`. */
export const folderOf = (suite) => process.env.HIPCHAT_NODE_PACKAGES ?? path.join(root, 'build', 'node', suite);

/** A package of that suite. */
export const load = (suite, name) => createRequire(path.join(folderOf(suite), 'package.json'))(name);
