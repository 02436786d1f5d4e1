#!/usr/bin/env node
// npm links a `bin` only where its file is there at install time, so this file is tracked and the command itself is
// built. In a published package dist/ is always there; in a fresh clone, what is not built yet is built first.
import { existsSync } from 'node:fs';

const builder = new URL('../../../scripts/build.mjs', import.meta.url);
const isClone = existsSync(builder) && existsSync(new URL('../../../lerna.json', import.meta.url));
if (isClone) await import(builder.href).then(({ buildStale }) => buildStale());
const { main } = await import('../dist/index.js');
process.exitCode = await main(process.argv.slice(2));
