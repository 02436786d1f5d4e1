// Two hosts that are network namespaces of this run's own, joined by two pairs of interfaces.
import { addressOf, capture, deviceOf, ip, paths, prefixesOf } from './networks.mjs';

export class NamespaceHosts {
  #names = { ours: `rsp-${process.pid}-a`, theirs: `rsp-${process.pid}-b` };

  constructor() {
    const { ours, theirs } = this.#names;
    for (const name of [ours, theirs]) {
      ip('netns', 'add', name);
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    for (const path of paths) {
      const device = deviceOf(path);
      ip('link', 'add', device, 'netns', ours, 'type', 'veth', 'peer', 'name', device, 'netns', theirs);
      for (const side of ['ours', 'theirs']) {
        for (const prefix of prefixesOf(side, path)) this.#addAddress(side, prefix, device);
        ip('-n', this.#names[side], 'link', 'set', device, 'up');
      }
    }
  }

  /** The addresses of a side, one on each network. */
  addresses(side, family) {
    return paths.map((path) => addressOf(side, path, family));
  }

  /** A command line that runs there. */
  on(side, command) {
    return ['ip', 'netns', 'exec', this.#names[side], ...command];
  }

  cut(path) {
    ip('-n', this.#names.theirs, 'link', 'set', deviceOf(path), 'down');
  }

  mend(path) {
    const device = deviceOf(path);
    ip('-n', this.#names.theirs, 'link', 'set', device, 'up');
    // A device that goes down loses its addresses of version 6.
    for (const prefix of prefixesOf('theirs', path).filter((each) => each.includes(':')))
      ip('-n', this.#names.theirs, 'addr', 'replace', prefix, 'dev', device, 'nodad');
  }

  capture(file) {
    return capture(this.#names.ours, file);
  }

  remove() {
    for (const name of Object.values(this.#names)) ip('netns', 'del', name);
  }

  #addAddress(side, prefix, device) {
    ip(
      '-n',
      this.#names[side],
      'addr',
      'add',
      prefix,
      'dev',
      device,
      ...(prefix.includes(':') ? ['nodad'] : []),
    );
  }
}
