// What tshark makes of a capture: every packet has to be SCTP, well formed and with a right CRC32c.
import { execFileSync } from 'node:child_process';

// ICMP quotes the beginning of a packet.
const packet = 'sctp && !icmp && !icmpv6';
const wrong = `${packet} && (_ws.malformed || sctp.checksum.status == "Bad")`;

// What the messages hold is no business of theirs here.
const payloads = ['asap', 'enrp'].flatMap((name) => ['--disable-protocol', name]);

function count(file, filter) {
  const settings = ['-o', 'sctp.checksum:CRC 32c', ...payloads];
  const args = ['-r', file, ...settings, '-Y', filter, '-T', 'fields', '-e', 'frame.number'];
  const output = execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return output.split('\n').filter((line) => line !== '').length;
}

/** @returns How many SCTP packets there are, and how many of them are wrong. */
export function dissect(file) {
  return { packets: count(file, packet), wrong: count(file, wrong) };
}
