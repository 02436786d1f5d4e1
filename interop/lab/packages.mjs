// The Debian packages of the guest: downloaded and unpacked once, never installed.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { havePackages } from 'rserpool-benchmarks/toolchain';

/** What the guest itself needs: a kernel with SCTP, a shell for its first moments, and a tool to turn offloading off. */
const system = [
  'user-mode-linux',
  'busybox-static',
  'ethtool',
  'libmnl0',
  'tcpdump',
  'libpcap0.8',
  'libdbus-1-3',
];

/** The reference implementation (rsplib 3.4.4 in Debian 12), and the SCTP library and tools that it is built on. */
const reference = [
  'rsplib-registrar',
  'rsplib-tools',
  'rsplib-services',
  'rsplib-doc',
  'rsplib-fgp-cfgfiles',
  'librsplib3',
  'libcpprspserver3',
  'libsctp1',
  'lksctp-tools',
  'libbz2-1.0',
];

const names = [...system, ...reference];

function quietly(command, args, options = {}) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
}

function download(into) {
  const get = ['-qq', '-o', 'APT::Sandbox::User=root', 'download', ...names];
  try {
    quietly('apt-get', get, { cwd: into });
  } catch {
    quietly('apt-get', ['-qq', 'update']);
    quietly('apt-get', get, { cwd: into });
  }
}

/** Directories like `/bin` are links into `/usr`, as they are on the host. */
function makeRoot(root) {
  mkdirSync(join(root, 'usr'), { recursive: true });
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', name), { recursive: true });
    symlinkSync(`usr/${name}`, join(root, name));
  }
}

/** What the file says that is written last: the packages of which the directory is made. */
const contents = `${names.join('\n')}\n`;

/** Fills the directory; where it holds all of these packages already, it stays as it is. */
export function unpackGuest(directory) {
  const complete = join(directory, 'complete');
  if (existsSync(complete) && readFileSync(complete, 'utf8') === contents) return;
  rmSync(directory, { recursive: true, force: true });
  const root = join(directory, 'root');
  const archives = join(directory, 'archives');
  mkdirSync(archives, { recursive: true });
  makeRoot(root);
  download(archives);
  for (const archive of readdirSync(archives)) {
    const tar = execFileSync('dpkg-deb', ['--fsys-tarfile', join(archives, archive)], { maxBuffer: 1 << 29 });
    quietly('tar', ['-x', '--keep-directory-symlink', '-C', root], {
      input: tar,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
  }
  if (!havePackages([])) throw new Error('there is no C compiler');
  const source = join(import.meta.dirname, 'xstate.c');
  quietly('gcc', ['-O2', '-shared', '-fPIC', '-o', join(directory, 'xstate.so'), source]);
  writeFileSync(complete, contents);
}

/** The version of a package of the guest, as Debian names it. */
export function versionOf(directory, name) {
  const archive = readdirSync(join(directory, 'archives')).find((file) => file.startsWith(`${name}_`));
  return archive?.split('_')[1];
}
