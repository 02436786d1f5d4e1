// This project's SCTP against others': usrsctp in C over UDP, and the Linux kernel's in a guest, over UDP and raw IP.
// use: npm run test:interop:sctp -- [--json] [--only TEXT] [--keep DIRECTORY]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileProgram, havePackages } from 'rserpool-benchmarks/toolchain';
import { Cell, ownPeer, usrsctpPeer } from './cell.mjs';
import { dissect } from './dissection.mjs';
import { GuestHost } from './hosts/guest-host.mjs';
import { NamespaceHosts } from './hosts/namespaces.mjs';
import { whyNoNamespaces } from './hosts/networks.mjs';
import { scenarios } from './scenarios/index.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string' }, keep: { type: 'string' } },
});
const say = (line) => (values.json ? console.error(line) : console.log(line));
const captures = values.keep ?? mkdtempSync(join(tmpdir(), 'rserpool-interop-'));
mkdirSync(captures, { recursive: true });

const outcomes = { passed: 0, failed: 0, skipped: 0 };

async function runCell(name, scenario, { hosts, peers, family }) {
  const cell = new Cell(hosts, peers, family);
  const file = join(captures, `${name.replaceAll(/[^\w]+/g, '-')}.pcapng`);
  const stopCapture = await hosts.capture(file);
  let told = {};
  let failure;
  try {
    told = (await scenario(cell)) ?? {};
  } catch (error) {
    failure = error;
  }
  cell.end();
  for (const path of [0, 1]) hosts.mend(path);
  await stopCapture();
  const { packets, wrong } = dissect(file);
  if (failure === undefined && packets === 0) failure = new Error('tshark saw no packet');
  if (failure === undefined && wrong > 0)
    failure = new Error(`tshark finds ${wrong} of ${packets} packets wrong`);
  outcomes[failure === undefined ? 'passed' : 'failed'] += 1;
  const details = Object.entries({ packets, ...told }).map(([key, value]) => `${key} ${value}`);
  say(`${failure === undefined ? 'ok  ' : 'FAIL'}  ${name} (${details.join(', ')})`);
  if (failure !== undefined) say(`      ${failure.message}`);
}

/** A setting: who meets whom, and over what. `open` says why it cannot be had, or gives hosts and peers. */
const settings = {
  'usrsctp over UDP, IPv4': { open: () => openUsrsctp(4) },
  'usrsctp over UDP, IPv6': { open: () => openUsrsctp(6) },
  'the kernel over UDP, IPv4': { open: () => openKernel('udp', 4) },
  'the kernel over UDP, IPv6': { open: () => openKernel('udp', 6) },
  'the kernel over raw IP, IPv4': { open: () => openKernel('raw', 4) },
  'the kernel over raw IP, IPv6': { open: () => openKernel('raw', 6) },
};

function openUsrsctp(family) {
  if (!havePackages(['libusrsctp-dev'])) return 'the Debian packages libusrsctp-dev and gcc cannot be had';
  const program = compileProgram(join(import.meta.dirname, 'peers/usrsctp.c'), ['usrsctp', 'pthread']);
  return {
    hosts: new NamespaceHosts(),
    peers: { ours: ownPeer('udp'), theirs: usrsctpPeer(program) },
    family,
  };
}

async function openKernel(carrier, family) {
  try {
    const hosts = await GuestHost.start(carrier === 'udp' ? 9899 : 0);
    return { hosts, peers: { ours: ownPeer(carrier), theirs: ownPeer('kernel') }, family };
  } catch (error) {
    return `the guest cannot be started: ${error.message}`;
  }
}

function reasonToSkipAll() {
  if (!havePackages(['tshark', 'iproute2'])) return 'the Debian packages tshark and iproute2 cannot be had';
  return whyNoNamespaces();
}

const reason = reasonToSkipAll();
for (const [setting, { open }] of Object.entries(settings)) {
  const cells = Object.entries(scenarios)
    .filter(([, run]) => run.peers === undefined || run.peers.some((peer) => setting.startsWith(peer)))
    .map(([scenario, run]) => [`${setting}: ${scenario}`, run])
    .filter(([name]) => values.only === undefined || name.includes(values.only));
  if (cells.length === 0) continue;
  const opened = reason ?? (await open());
  if (typeof opened === 'string') {
    say(`skip  ${setting}: ${opened}`);
    outcomes.skipped += cells.length;
    continue;
  }
  try {
    for (const [name, scenario] of cells) await runCell(name, scenario, opened);
  } finally {
    await opened.hosts.remove();
  }
}
if (values.keep === undefined && outcomes.failed === 0) rmSync(captures, { recursive: true });
else say(`captures: ${captures}`);
const cells = outcomes.passed + outcomes.failed + outcomes.skipped;
console.log(JSON.stringify({ cells, ...outcomes }));
process.exitCode = outcomes.failed > 0 ? 1 : 0;
