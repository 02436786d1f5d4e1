// The compliance suite of the transports on the kernel carrier, in the guest: where the host has no SCTP, it runs nowhere else.
// use: npm run test:interop:kernel
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Guest } from '../lab/guest.mjs';
import { ip, whyNoNamespaces } from './hosts/networks.mjs';

const reason = whyNoNamespaces();
if (reason !== undefined) {
  console.log(`skipped: ${reason}`);
  process.exit(0);
}
const root = join(import.meta.dirname, '../..');
const namespace = `rsp-${process.pid}-kernel`;

/** Runs the tests in the guest and shows what they say; whether all have passed, and any at all. */
async function runTests(guest) {
  const tests =
    'node_modules/vitest/vitest.mjs run --project transport-sctp kernel-compliance --reporter=verbose';
  const line = guest.commandLine([
    'sh',
    '-c',
    `busybox modprobe veth; cd ${root} && NO_COLOR=1 ${process.execPath} ${tests} 2>&1`,
  ]);
  const child = spawn('ip', ['netns', 'exec', namespace, ...line], { stdio: ['pipe', 'pipe', 'inherit'] });
  // Its input stays open: the connection to the guest ends with it.
  let text = '';
  child.stdout.on('data', (bytes) => {
    text += bytes;
    process.stdout.write(bytes);
  });
  await once(child, 'exit');
  const summary = /^ *Tests +(.*)$/m.exec(text)?.[1] ?? '';
  return /\d+ passed/.test(summary) && !summary.includes('failed') && !summary.includes('skipped');
}

ip('netns', 'add', namespace);
let guest;
try {
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  guest = await Guest.start({ namespace, networks: [], udpPort: 0 });
  const isPassed = await runTests(guest);
  console.log(isPassed ? 'the kernel carrier passes' : 'FAIL: the kernel carrier');
  process.exitCode = isPassed ? 0 : 1;
} finally {
  await guest?.stop();
  ip('netns', 'del', namespace);
}
