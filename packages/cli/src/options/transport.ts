import { createFramedTcpTransport, createUdpGroups, type Transport } from '@rserpool/transport';
import { createSctpTransport, type SctpTransportOptions } from '@rserpool/transport-sctp';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SecurityOptions } from './security.ts';

type Carrier = NonNullable<SctpTransportOptions['carrier']>;

/** How registrars and pool elements are reached. */
export interface TransportCommandOptions extends SecurityOptions {
  readonly transport?: 'sctp' | 'framed-tcp';
  readonly carrier: Carrier;
  readonly encapsulationPort: number | 'sctp-port';
}

const carriers: readonly Carrier[] = ['udp', 'kernel', 'raw', 'auto'];

/**
 * Adds the options of {@link TransportCommandOptions}.
 *
 * @param command - A command that talks to registrars or elements.
 */
export function addTransport(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--transport <name>',
        'SCTP, or its mapping to TCP (default: sctp; framed-tcp with --psk-file)',
      ).choices(['sctp', 'framed-tcp']),
    )
    .addOption(
      new Option(
        '--carrier <name>',
        'what carries SCTP: UDP, the kernel’s SCTP, raw IP, or the kernel’s where it is there and UDP else',
      )
        .choices(carriers)
        .default('udp'),
    )
    .addOption(
      new Option(
        '--encapsulation-port <port>',
        'the UDP port of SCTP over UDP at all hosts: 9899 as assigned by IANA, or sctp-port for the number of the SCTP port',
      )
        .argParser(encapsulationPort)
        // The tools are tried on one host first, where only one process could have one UDP port.
        .default('sctp-port'),
    );
}

/**
 * Creates the transport that a command uses.
 *
 * @param options - The options of the command.
 * @throws InvalidArgumentError where they contradict one another.
 */
export function transportOf(options: TransportCommandOptions): Transport {
  const { carrier, encapsulationPort: port, pskFile, transport } = options;
  const groups = createUdpGroups();
  if (transport === 'framed-tcp' || (transport === undefined && pskFile !== undefined)) {
    return createFramedTcpTransport({ groups, ...(pskFile !== undefined && { tls: pskFile }) });
  }
  if (pskFile !== undefined) {
    throw new InvalidArgumentError(
      'TLS runs over TCP only; allowed with --psk-file is --transport framed-tcp.',
    );
  }
  return createSctpTransport({ groups, carrier, encapsulationPort: port });
}

function encapsulationPort(text: string): number | 'sctp-port' {
  if (text === 'sctp-port') return text;
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError(`'${text}' is no UDP port; allowed is 1 to 65535, or sctp-port.`);
}
