import type { Transport } from '@rserpool/transport';
import { createSctpTransport, type SctpTransportOptions } from '@rserpool/transport-sctp';

/**
 * SCTP over UDP at the loopback addresses of both families, so that every association has two paths. All processes
 * share these addresses: what tells them apart is that the UDP port is the SCTP port.
 *
 * @param options - What is special about this process.
 */
export function demoTransport(options: Pick<SctpTransportOptions, 'pathFilter'> = {}): Transport {
  return createSctpTransport({ encapsulationPort: 'sctp-port', ...options });
}
