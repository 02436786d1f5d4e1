// Compiles the examples of the documentation against the sources of the packages.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { commentBlocks, isCode, markdownBlocks } from '../lib/code-blocks.mjs';
import { listFiles, readPackages, root, shown } from '../lib/workspace.mjs';

/** The documents that are written by hand. */
export function documents() {
  const atRoot = ['README.md', 'CONTRIBUTING.md'].map((name) => join(root, name)).filter(existsSync);
  const guides = listFiles(join(root, 'docs'), /\.md$/).filter(
    (path) => !shown(path).startsWith('docs/api/'),
  );
  return [...atRoot, ...guides, ...readPackages().flatMap(({ directory }) => listFiles(directory, /\.md$/))];
}

/** Every example in the documents and in the comments of what is shipped. */
function examples() {
  const sources = readPackages().flatMap(({ directory }) =>
    listFiles(join(directory, 'src'), /(?<!\.test)\.ts$/),
  );
  return [...documents().flatMap(markdownBlocks), ...sources.flatMap(commentBlocks)].filter(isCode);
}

function compilerOptions(isScript) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.test.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const relaxed = {
    noUnusedLocals: false,
    noUnusedParameters: false,
    incremental: false,
    tsBuildInfoFile: undefined,
  };
  return {
    ...options,
    ...relaxed,
    ...(isScript ? { allowJs: true, checkJs: true, noImplicitAny: false } : {}),
  };
}

/** Compiles blocks of one language. Each lives in memory, beside the file that it was found in. */
function compile(blocks, isScript) {
  const extension = isScript ? 'mjs' : 'ts';
  const virtual = new Map(
    blocks.map((block) => {
      const path = join(
        root,
        dirname(block.file),
        `example-${block.file.replaceAll('/', '-')}-${block.line}.${extension}`,
      );
      return [path, block];
    }),
  );
  const options = compilerOptions(isScript);
  const host = ts.createCompilerHost(options);
  const disk = ts.createCompilerHost(options);
  host.fileExists = (path) => virtual.has(path) || disk.fileExists(path);
  host.readFile = (path) => {
    const block = virtual.get(path);
    return block === undefined ? disk.readFile(path) : `${block.code}export {};\n`;
  };
  const program = ts.createProgram([...virtual.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    if (diagnostic.file === undefined) return text;
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    const block = virtual.get(diagnostic.file.fileName);
    if (block === undefined) return `${shown(diagnostic.file.fileName)}:${line + 1}: ${text}`;
    return `${block.file}:${block.line + line}: ${text}`;
  });
}

/** Compiles all examples; returns how many there are and what is wrong with them. */
export function checkExamples() {
  const all = examples();
  const inTypeScript = all.filter(({ language }) => language === 'ts');
  const inJavaScript = all.filter(({ language }) => language !== 'ts');
  return { count: all.length, problems: [...compile(inTypeScript, false), ...compile(inJavaScript, true)] };
}
