import { EnrpPayloadProtocolIdentifier, formatRemoteEndpoint, type RemoteEndpoint } from '@rserpool/wire';
import { ComponentGroup } from '../component-identifier.ts';
import type { ComponentAssociation } from '../component-report.ts';
import { sctpProtocol } from './service-status.ts';
import { startStatusReporter, type StatusReporter, type StatusReporterOptions } from './status-reporter.ts';

/** What is read of a registrar: a `Registrar` of `@rserpool/registrar` has it. */
export interface ReportableRegistrar {
  /** Its identifier. */
  readonly identifier: number;
  /** Where it serves pool elements and pool users. */
  readonly asapEndpoint: RemoteEndpoint;
  /** How many pools there are. */
  readonly poolCount: number;
  /** How many pool elements there are. */
  readonly elementCount: number;
  /** How many of them are its own. */
  readonly ownElementCount: number;
  /** Its peers, and whether there are associations to them. */
  readonly peers: readonly { readonly identifier: number; readonly associated: boolean }[];
}

/**
 * Reports how a registrar is: how many pool elements, own ones, pools and peers it has, and its associations with peers.
 *
 * @param registrar - The registrar.
 * @param options - Where to, and how often.
 * @throws RserpoolError what {@link startStatusReporter} throws.
 * @example
 * ```ts
 * import { reportRegistrarStatus } from '@rserpool/component-status';
 * import { createRegistrar } from '@rserpool/registrar';
 * import { createSctpTransport } from '@rserpool/transport-sctp';
 *
 * const transport = createSctpTransport({ encapsulationPort: 'sctp-port' });
 * await using registrar = await createRegistrar({ asap: { transport }, enrp: { transport } });
 * await using reporter = reportRegistrarStatus(registrar, { server: '192.0.2.1' });
 * console.log(reporter.counters.reports);
 * ```
 */
export function reportRegistrarStatus(
  registrar: ReportableRegistrar,
  options: StatusReporterOptions,
): StatusReporter {
  const sender = { group: ComponentGroup.registrar, object: BigInt(registrar.identifier) };
  const place = formatRemoteEndpoint(registrar.asapEndpoint);
  return startStatusReporter(
    sender,
    () => ({
      place,
      status: registrarText(registrar),
      workload: undefined,
      associations: registrar.peers.filter(({ associated }) => associated).map(peerAssociation),
    }),
    options,
  );
}

/** In the words of the reference implementation, which tools of others look at. */
function registrarText({ elementCount, ownElementCount, poolCount, peers }: ReportableRegistrar): string {
  const pools = `${poolCount} ${poolCount === 1 ? 'Pool' : 'Pools'}`;
  return `${elementCount}[${ownElementCount}] PEs in ${pools}, ${peers.length} ${peers.length === 1 ? 'Peer' : 'Peers'}`;
}

function peerAssociation({ identifier }: ReportableRegistrar['peers'][number]): ComponentAssociation {
  return {
    receiver: { group: ComponentGroup.registrar, object: BigInt(identifier) },
    durationMs: undefined,
    protocol: sctpProtocol,
    payloadProtocolIdentifier: EnrpPayloadProtocolIdentifier,
  };
}
