// Checks the arrows between the packages (layers.mjs), the purity of the pure ones, and that what a package
// declares (package.json, tsconfig.json) is what it imports.
// use: node scripts/check-layers.mjs
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { layers, testFiles, testingFiles, testingSubpath } from './layers.mjs';
import { listFiles, readJson, readPackages, root, shown } from './lib/workspace.mjs';

const scope = '@rserpool/';
const packages = readPackages();
const rootManifest = readJson(join(root, 'package.json'));
const violations = [];

function report(file, line, text) {
  violations.push({ file: shown(file), line, text });
}

function matchesAny(patterns, path) {
  return patterns.some((pattern) => pattern.test(path));
}

/** Every module that a file names: import, export from, import(), import types and require(). */
function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const add = (node) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ specifier: ts.isStringLiteralLike(node) ? node.text : undefined, line });
  };
  const visit = (node) => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier !== undefined
    ) {
      add(node.moduleSpecifier);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal);
    } else if (ts.isCallExpression(node) && node.arguments[0] !== undefined) {
      const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      if (isImport || (ts.isIdentifier(node.expression) && node.expression.text === 'require'))
        add(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Splits `@scope/name/sub/path` and `name/sub/path` into the package and the subpath. */
function splitSpecifier(specifier) {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') };
}

/** What the rules need to know about one file of a package. */
function describeFile(pkg, layer, file) {
  const path = relative(pkg.directory, file).split(sep).join('/');
  const isTest = matchesAny(testFiles, path);
  const isPure = !isTest && (layer.kind === 'pure' || matchesAny(layer.pureParts ?? [], path));
  return { path, isTest, isPure, isForTests: isTest || matchesAny(testingFiles, path) };
}

function checkRelative(pkg, layer, file, facts, { specifier, line }) {
  const target = resolve(dirname(file), specifier);
  if (!target.startsWith(pkg.directory + sep)) {
    report(file, line, `'${specifier}' leaves the package: import ${scope}<package> by name`);
    return;
  }
  const targetFacts = describeFile(pkg, layer, target);
  if (!facts.isTest && targetFacts.isTest) report(file, line, `'${specifier}' is a test file`);
  if (facts.isPure && !targetFacts.isPure)
    report(file, line, `'${specifier}' is not pure, and this file has to be`);
}

function checkSibling(pkg, layer, file, facts, { specifier, line }) {
  const { name, subpath } = splitSpecifier(specifier);
  const sibling = name.slice(scope.length);
  const siblingLayer = layers[sibling];
  if (siblingLayer === undefined) {
    report(file, line, `'${name}' is not in layers.mjs`);
    return;
  }
  if (facts.isTest || sibling === pkg.name) return;
  if (layer.kind !== 'app' && !layer.imports.includes(sibling)) {
    report(
      file,
      line,
      `${pkg.name} may not import ${sibling} (it may import: ${layer.imports.join(', ') || 'nothing'})`,
    );
  } else if (facts.isPure && siblingLayer.kind !== 'pure') {
    report(file, line, `a pure file may not import ${sibling}, which is a ${siblingLayer.kind}`);
  }
  if (subpath === testingSubpath && !facts.isForTests && layer.kind !== 'app') {
    report(file, line, `'${specifier}' is for tests`);
  }
}

function checkThirdParty(layer, file, facts, { specifier, line }) {
  const { name } = splitSpecifier(specifier);
  if (facts.isTest || layer.kind === 'app') return;
  if (facts.isPure) report(file, line, `a pure file may not import the third party '${name}'`);
  else if (!(layer.thirdParty ?? []).includes(name)) {
    report(file, line, `'${name}' is not among the third parties that layers.mjs allows here`);
  }
}

/** Checks one import; returns the name of the package that has to be declared for it, if any. */
function checkImport(pkg, layer, file, facts, found) {
  const { specifier, line } = found;
  if (specifier === undefined) {
    if (facts.isPure) report(file, line, 'a pure file may not import a module whose name is computed');
    return undefined;
  }
  if (specifier.startsWith('.')) {
    checkRelative(pkg, layer, file, facts, found);
    return undefined;
  }
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) report(file, line, `write 'node:${specifier}'`);
    if (facts.isPure) report(file, line, `a pure file may not import '${specifier}'`);
    return undefined;
  }
  if (specifier.startsWith(scope)) checkSibling(pkg, layer, file, facts, found);
  else checkThirdParty(layer, file, facts, found);
  return splitSpecifier(specifier).name;
}

/** The line of a manifest that names a dependency, for the report. */
function lineOf(file, text) {
  const index = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(`"${text}"`));
  return index < 0 ? 1 : index + 1;
}

/** `used` maps the name of a package to the first place that imports it. */
function checkDependencies(pkg, used) {
  const { manifest, directory } = pkg;
  const file = join(directory, 'package.json');
  const shipped = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  };
  const forTests = { ...shipped, ...manifest.devDependencies, ...rootManifest.devDependencies };
  for (const [name, { at, line }] of used.shipped) {
    if (name !== manifest.name && shipped[name] === undefined)
      report(at, line, `'${name}' is not in dependencies`);
  }
  for (const [name, { at, line }] of used.inTests) {
    if (name !== manifest.name && forTests[name] === undefined)
      report(at, line, `'${name}' is not in devDependencies`);
  }
  for (const name of Object.keys(shipped)) {
    if (!used.shipped.has(name))
      report(file, lineOf(file, name), `dependency '${name}' is imported nowhere in the shipped files`);
  }
  for (const name of Object.keys(manifest.devDependencies ?? {})) {
    const isUsed = used.inTests.has(name) || used.shipped.has(name.replace(/^@types\//, ''));
    if (!isUsed) report(file, lineOf(file, name), `devDependency '${name}' is imported in no test`);
  }
  for (const [name, range] of Object.entries({ ...shipped, ...manifest.devDependencies })) {
    const sibling = packages.find((other) => other.manifest.name === name);
    if (
      sibling !== undefined &&
      sibling.manifest.private !== true &&
      range !== `^${sibling.manifest.version}`
    ) {
      report(file, lineOf(file, name), `the range of '${name}' has to be ^${sibling.manifest.version}`);
    }
  }
}

/** The project references are what `tsc -b` orders its work by: they have to be the dependencies. */
function checkReferences(pkg) {
  const file = join(pkg.directory, 'tsconfig.json');
  if (!existsSync(file)) return;
  const { config } = ts.readConfigFile(file, (path) => readFileSync(path, 'utf8'));
  const references = (config.references ?? []).map(({ path }) => resolve(pkg.directory, path));
  const needed = packages
    .filter((other) => pkg.manifest.dependencies?.[other.manifest.name] !== undefined)
    .map((other) => other.directory);
  for (const path of needed.filter((path) => !references.includes(path))) {
    report(file, lineOf(file, 'references'), `the reference to ${shown(path)} is missing`);
  }
  for (const path of references.filter((path) => !needed.includes(path))) {
    report(file, lineOf(file, 'references'), `the reference to ${shown(path)} is not needed`);
  }
}

function checkPackage(pkg) {
  const layer = layers[pkg.name];
  if (layer === undefined) {
    report(join(pkg.directory, 'package.json'), 1, `'${pkg.name}' is not in layers.mjs`);
    return;
  }
  const used = { shipped: new Map(), inTests: new Map() };
  for (const file of listFiles(pkg.directory, /\.(ts|mts|js|mjs)$/)) {
    const facts = describeFile(pkg, layer, file);
    for (const found of importsOf(file)) {
      const name = checkImport(pkg, layer, file, facts, found);
      const place = facts.isTest ? used.inTests : used.shipped;
      if (name !== undefined && !place.has(name)) place.set(name, { at: file, line: found.line });
    }
  }
  if (used.shipped.size + used.inTests.size === 0 && listFiles(pkg.directory, /\.ts$/).length === 0) return;
  checkDependencies(pkg, used);
  checkReferences(pkg);
}

/** `npm run types` starts at the root: a package that is not referenced there is never compiled. */
function checkRootReferences() {
  const file = join(root, 'tsconfig.build.json');
  const references = readJson(file).references.map(({ path }) => resolve(root, path));
  for (const { directory } of packages) {
    if (
      existsSync(join(directory, 'tsconfig.json')) &&
      directory.includes(`${sep}packages${sep}`) &&
      !references.includes(directory)
    ) {
      report(file, 1, `the reference to ${shown(directory)} is missing`);
    }
  }
}

packages.forEach(checkPackage);
checkRootReferences();
for (const { file, line, text } of violations) console.error(`${file}:${line}: ${text}`);
console.log(`${packages.length} packages, ${violations.length} violations of the layers`);
process.exitCode = violations.length === 0 ? 0 : 1;
