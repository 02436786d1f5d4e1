// What tshark makes of the messages of a capture: ASAP and ENRP, by their senders.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const fields = ['ip.src', 'asap.message_type', 'enrp.message_type', '_ws.malformed', 'sctp.checksum.status'];

/**
 * Reads a capture.
 *
 * @param file - The capture.
 * @param ourAddresses - The hosts of our programs.
 * @returns How many packets with messages there are, which types we have sent (`asap 1`, `enrp 4`), and the numbers of
 *   our packets that are malformed or have a wrong checksum.
 */
export async function dissectMessages(file, ourAddresses) {
  const args = ['-r', file, '-o', 'sctp.checksum:CRC 32c', '-Y', '(asap || enrp) && !icmp', '-T', 'fields'];
  const columns = ['frame.number', ...fields].flatMap((field) => ['-e', field]);
  const { stdout } = await run('tshark', [...args, ...columns], { maxBuffer: 1 << 28 });
  const types = new Set();
  const wrong = [];
  let packets = 0;
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    packets += 1;
    const [frame, source = '', asap = '', enrp = '', malformed = '', checksum = ''] = line.split('\t');
    if (!ourAddresses.includes(source)) continue;
    for (const type of asap.split(',').filter(Boolean)) types.add(`asap ${Number(type)}`);
    for (const type of enrp.split(',').filter(Boolean)) types.add(`enrp ${Number(type)}`);
    if (malformed !== '' || checksum.includes('Bad') || checksum.split(',').includes('0')) wrong.push(frame);
  }
  return { packets, types, wrong };
}
