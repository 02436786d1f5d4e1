import { existsSync, readFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

// One configuration for every package: tsup makes the JavaScript, `tsc -b` the declarations.
// It runs in the package's own directory; an entry is there for each subpath that the package exports.
const entries: string[] = ['index', 'internal', 'machine', 'testing', 'main']
  .map((name) => `src/${name}.ts`)
  .filter((file) => existsSync(file));

/** A constant of a module that is a number, or made of such constants. */
const numericConstant = /^(export )?const ([A-Za-z]\w*)(?:: number)? = ([\w\s()+*<>/-]+);$/gm;

/** The numeric constants of a module apart from what is left of it; in both all lines keep their numbers. */
function separated(source: string): { constants: string; rest: string } {
  // An interpreter line has to stay in front; programs do nothing often enough.
  if (source.startsWith('#!')) return { constants: '', rest: source };
  const names = new Set<string>();
  const exported: string[] = [];
  let constants = '';
  let rest = '';
  let end = 0;
  for (const match of source.matchAll(numericConstant)) {
    const [constant, isExported, name, value] = match as unknown as [
      string,
      string | undefined,
      string,
      string,
    ];
    const operands = value.match(/\b[A-Za-z]\w*/g) ?? [];
    if (operands.some((operand) => !names.has(operand))) continue;
    names.add(name);
    if (isExported !== undefined) exported.push(name);
    const before = source.slice(end, match.index);
    constants += `${blank(before)}${isExported === undefined ? 'export ' : ''}${constant}`;
    rest += `${before}${blank(constant)}`;
    end = match.index + constant.length;
  }
  if (names.size === 0) return { constants: '', rest: source };
  const front = `import { ${[...names].join(', ')} } from '${ownConstants}'; export { ${exported.join(', ')} }; `;
  return { constants, rest: front + rest + source.slice(end) };
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, '');
}

/** How a module names what has been separated from it. */
const ownConstants = './constants of this module';

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number];

/**
 * Constants become the numbers that they are. In a bundle each would be a variable, loaded wherever it is used; the
 * bundler puts in the values of those that are imported from a module of nothing but constants.
 */
const inlinedConstants: EsbuildPlugin = {
  name: 'inlined-constants',
  setup(build) {
    build.onResolve({ filter: /^\.\/constants of this module$/ }, ({ importer }) => {
      return { path: importer, suffix: '?constants', sideEffects: false };
    });
    build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path, suffix }) => {
      const { constants, rest } = separated(readFileSync(path, 'utf8'));
      return { contents: suffix === '' ? rest : constants, loader: 'ts' };
    });
  },
};

export default defineConfig({
  entry: entries,
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  // Nothing is bundled in: neither a package of this workspace nor a third party, declared or not.
  external: [/^node:/, /^@rserpool\//],
  skipNodeModulesBundle: true,
  sourcemap: true,
  clean: false,
  splitting: true,
  dts: false,
  silent: true,
  esbuildPlugins: [inlinedConstants],
  // Needed for constants to be put in.
  esbuildOptions: (options) => {
    options.minifySyntax = true;
  },
});
