// A project of somebody who installs all packages together: do they install, load, compile and run there?
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { isCode, markdownBlocks } from '../lib/code-blocks.mjs';
import { run } from '../lib/run.mjs';
import { readJson, root } from '../lib/workspace.mjs';

const exampleTimeoutMs = 60_000;

/** Makes the project and installs the tarballs; third parties come from npm's cache where it has them. */
export function install(tarballs, directory) {
  mkdirSync(directory);
  const dependencies = Object.fromEntries(
    tarballs.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]),
  );
  const nodeTypes = readJson(join(root, 'package.json')).devDependencies['@types/node'];
  writeFileSync(
    join(directory, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies,
      devDependencies: { '@types/node': nodeTypes },
    }),
  );
  const { status, stdout, stderr } = run(
    'npm',
    ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
    { cwd: directory },
  );
  return status === 0 ? [] : [`npm install: ${stdout}${stderr}`];
}

/** Every name under which something of a package can be imported. */
function specifiersOf({ manifest }) {
  return Object.keys(manifest.exports)
    .filter((subpath) => subpath !== './package.json')
    .map((subpath) => manifest.name + subpath.slice(1));
}

/** Loads every subpath both ways: `import`, and `require` of an ES module. */
export function checkLoading(tarballs, directory) {
  const specifiers = tarballs.flatMap(specifiersOf);
  writeFileSync(
    join(directory, 'load.mjs'),
    `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
for (const specifier of ${JSON.stringify(specifiers)}) {
  try {
    const imported = Object.keys(await import(specifier)).sort().join();
    const required = Object.keys(require(specifier)).filter((name) => name !== '__esModule').sort().join();
    if (imported !== required) console.log(specifier + ': import and require see different names');
    if (imported === '') console.log(specifier + ': exports nothing');
  } catch (error) {
    console.log(specifier + ': ' + error.message);
  }
}
`,
  );
  const { status, stdout, stderr } = run(process.execPath, ['load.mjs'], {
    cwd: directory,
    timeoutMs: 60_000,
  });
  const problems = stdout.split('\n').filter((line) => line !== '');
  return status === 0 ? problems : [...problems, `loading all packages: ${stderr}`];
}

/** Compiles imports of every subpath with the strictest settings that a user may have. */
export function checkTypes(tarballs, directory) {
  const lines = tarballs
    .flatMap(specifiersOf)
    .map((name, index) => `export * as all${index} from '${name}';`);
  writeFileSync(join(directory, 'types.ts'), `${lines.join('\n')}\n`);
  const shared = {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'ES2023',
  };
  const settings = {
    nodenext: { ...shared, module: 'NodeNext', lib: ['ES2023', 'ESNext.Disposable'], types: ['node'] },
    bundler: {
      ...shared,
      module: 'ESNext',
      moduleResolution: 'Bundler',
      lib: ['ES2023', 'ESNext.Disposable'],
      types: ['node'],
    },
  };
  return Object.entries(settings).flatMap(([name, compilerOptions]) => {
    const file = join(directory, `tsconfig.${name}.json`);
    writeFileSync(file, JSON.stringify({ compilerOptions, files: ['types.ts'] }));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { status, stdout } = run(process.execPath, [tsc, '-p', file], { cwd: directory });
    return status === 0 ? [] : [`types for users with ${name}:\n${stdout}`];
  });
}

/** Runs the blocks of a README that say `run`. Returns how many there are, and what went wrong. */
export function runExamples(name, readme, directory) {
  if (!existsSync(readme)) return { count: 0, problems: [] };
  const blocks = markdownBlocks(readme).filter((block) => isCode(block) && block.flags.includes('run'));
  const problems = blocks.flatMap(({ code, line }, index) => {
    const file = join(directory, `${name}-${index}.mjs`);
    const compilerOptions = {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    };
    writeFileSync(file, ts.transpileModule(code, { compilerOptions }).outputText);
    const { status, stdout, stderr } = run(process.execPath, [file], {
      cwd: directory,
      timeoutMs: exampleTimeoutMs,
    });
    if (status === 0) return [];
    const reason =
      status === undefined ? `did not end within ${exampleTimeoutMs / 1000} s` : `exited with ${status}`;
    return [`README.md:${line}: the example ${reason}\n${stdout}${stderr}`];
  });
  if (blocks.length === 0) problems.push('README.md has no example marked `ts run` or `js run`');
  return { count: blocks.length, problems };
}
