import { AsapPayloadProtocolIdentifier } from '@rserpool/wire';
import { ComponentGroup } from '../component-identifier.ts';
import type { SeenAssociation } from './association-ages.ts';
import type { StatusReporterOptions } from './status-reporter.ts';

/** Options of the reporters of pool elements and pool users. */
export interface ServiceStatusOptions extends StatusReporterOptions {
  /**
   * What the service says about itself; by default how many sessions there are. While there is no association to a
   * registrar the report says that one is looked for instead, as the reference implementation does.
   */
  readonly status?: () => string;
  /** How loaded the service is, 0 .. 1; by default what is known without it. */
  readonly workload?: () => number | undefined;
}

/** The number of SCTP among the protocols of IP. */
export const sctpProtocol = 132;
/** The number of TCP among the protocols of IP. */
export const tcpProtocol = 6;

/** What a service without an association to a registrar says. */
const looking = 'Looking for Registrar ...';

/** An association to a registrar, as its client knows it. */
export interface KnownRegistrar {
  /** The association. */
  readonly association: number;
  /** Which registrar; `undefined` where it has not said so. */
  readonly serverIdentifier: number | undefined;
}

/** The status text of a service. */
export function serviceText(
  registrar: KnownRegistrar | undefined,
  sessions: number,
  status: (() => string) | undefined,
): string {
  if (registrar === undefined) return looking;
  return status?.() ?? `${sessions} ${sessions === 1 ? 'Session' : 'Sessions'}`;
}

/** The association to the registrar, where there is one. */
export function registrarAssociations(registrar: KnownRegistrar | undefined): SeenAssociation[] {
  if (registrar === undefined) return [];
  return [
    {
      // Its number stays where the identifier becomes known later.
      key: registrar.association,
      receiver: { group: ComponentGroup.registrar, object: BigInt(registrar.serverIdentifier ?? 0) },
      protocol: sctpProtocol,
      payloadProtocolIdentifier: AsapPayloadProtocolIdentifier,
    },
  ];
}
