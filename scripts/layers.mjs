// Which package may import which. `check-layers.mjs` enforces this table and nothing else knows it.
//
// kind       'pure': no node:, no third party, only other pure packages
//            'shell': may touch Node and the third-party packages in `thirdParty`
//            'app': sits on top of everything and may import any package
// imports    the packages of the family that it may import (apps: all)
// pureParts  files of a shell that are held to the rules of a pure package

const eventsAndQueues = ['eventemitter3', 'p-queue'];

export const layers = {
  wire: { kind: 'pure', imports: [] },
  policies: { kind: 'pure', imports: [] },
  handlespace: { kind: 'pure', imports: ['wire', 'policies'] },
  asap: { kind: 'pure', imports: ['wire', 'policies', 'handlespace'] },
  enrp: { kind: 'pure', imports: ['wire', 'handlespace'] },
  transport: { kind: 'shell', imports: ['wire'], thirdParty: eventsAndQueues },
  'transport-sctp': {
    kind: 'shell',
    imports: ['wire', 'transport'],
    thirdParty: [...eventsAndQueues, 'koffi'],
    pureParts: [/^src\/core(\/|\.ts$)/],
  },
  registrar: {
    kind: 'shell',
    imports: ['wire', 'handlespace', 'asap', 'enrp', 'transport'],
    thirdParty: eventsAndQueues,
    pureParts: [/^src\/machine/],
  },
  session: {
    kind: 'shell',
    imports: ['wire', 'policies', 'asap', 'transport'],
    thirdParty: eventsAndQueues,
    pureParts: [/^src\/machine/],
  },
  services: {
    kind: 'shell',
    imports: ['wire', 'transport', 'session'],
    thirdParty: ['fast-png'],
    pureParts: [/^src\/machine/],
  },
  'component-status': {
    kind: 'shell',
    imports: ['wire', 'transport'],
    pureParts: [/^src\/(machine|component-|status-port|codec\/|monitor\/)/],
  },
  simulator: { kind: 'app' },
  cli: { kind: 'app' },
  demo: { kind: 'app' },
  benchmarks: { kind: 'app' },
  interop: { kind: 'app' },
};

/** Files that are not shipped: tests, what they share, fuzzers and measurements. They may import devDependencies. */
export const testFiles = [
  /\.test\.ts$/,
  /\.fixture\.ts$/,
  /^(fuzz|test|bench)\//,
  /^(tsup|vitest)\.config\.ts$/,
];

/** The subpath that only tests, and code that is itself for tests, may import. */
export const testingSubpath = 'testing';
export const testingFiles = [/^src\/testing(\/|\.ts$)/];
