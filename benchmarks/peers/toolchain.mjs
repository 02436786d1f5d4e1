// Builds the programs in c/ against the Debian packages of the reference implementation.
import { join } from 'node:path';
import { compileProgram, havePackages as have } from '../toolchain.mjs';

/** Whether the packages are there, installed now where that is possible. */
export function havePackages() {
  return have(['librsplib3', 'librsplib-dev']);
}

/** Compiles `c/<name>.c` and returns the path of the program. */
export function compile(name, libraries) {
  return compileProgram(join(import.meta.dirname, 'c', `${name}.c`), libraries);
}
