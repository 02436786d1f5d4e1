// The Debian packages of the guest: downloaded and unpacked once, never installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { havePackages } from 'rserpool-benchmarks/toolchain';

const names = ['user-mode-linux', 'busybox-static', 'ethtool', 'libmnl0'];

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

/** Fills the directory; what is there whole already stays. */
export function unpackGuest(directory) {
  const complete = join(directory, 'complete');
  if (existsSync(complete)) return;
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
  writeFileSync(complete, '');
}
