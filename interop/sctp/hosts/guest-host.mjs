// Our host is a network namespace, theirs a guest with the kernel's SCTP.
import { execFileSync } from 'node:child_process';
import { Guest } from '../../lab/guest.mjs';
import { addressOf, capture, deviceOf, ip, paths, prefixesOf } from './networks.mjs';

export class GuestHost {
  #namespace = `rsp-${process.pid}-lab`;
  #guest;

  /** @param udpPort - Where the guest's SCTP takes UDP encapsulation; 0 for none. */
  static async start(udpPort) {
    const hosts = new GuestHost();
    ip('netns', 'add', hosts.#namespace);
    ip('-n', hosts.#namespace, 'link', 'set', 'lo', 'up');
    try {
      hosts.#guest = await Guest.start({
        namespace: hosts.#namespace,
        udpPort,
        networks: paths.map((path) => ({
          device: deviceOf(path),
          host: prefixesOf('ours', path),
          guest: prefixesOf('theirs', path),
        })),
      });
    } catch (error) {
      ip('netns', 'del', hosts.#namespace);
      throw error;
    }
    // A kernel lets addresses come and go (RFC 5061) only where its operator has switched it on.
    const switches = ['auth_enable', 'addip_enable'].map((name) => `echo 1 >/proc/sys/net/sctp/${name}`);
    const [command, ...args] = hosts.on('theirs', ['sh', '-c', switches.join(' && ')]);
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    return hosts;
  }

  addresses(side, family) {
    return paths.map((path) => addressOf(side, path, family));
  }

  on(side, command) {
    const there = side === 'ours' ? command : this.#guest.commandLine(command);
    return ['ip', 'netns', 'exec', this.#namespace, ...there];
  }

  cut(path) {
    ip('-n', this.#namespace, 'link', 'set', deviceOf(path), 'down');
  }

  mend(path) {
    const device = deviceOf(path);
    ip('-n', this.#namespace, 'link', 'set', device, 'up');
    for (const prefix of prefixesOf('ours', path).filter((each) => each.includes(':')))
      ip('-n', this.#namespace, 'addr', 'replace', prefix, 'dev', device, 'nodad');
  }

  capture(file) {
    return capture(this.#namespace, file);
  }

  async remove() {
    await this.#guest.stop();
    ip('netns', 'del', this.#namespace);
  }
}
