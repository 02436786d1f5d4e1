import { type RandomSource, RserpoolError } from '@rserpool/wire';
import { type Clock, createUdpGroups, type GroupNetwork, realClock, secureRandom } from '@rserpool/transport';
import { checkInteger } from '@rserpool/transport/internal';
import { type EncapsulationRule, encapsulationRule } from '../carriers/udp/encapsulation-port.ts';
import type { PathFilter } from '../carriers/filtered-carrier.ts';
import type { SctpParameters } from '../core/sctp-input.ts';
import type { SctpCarrier, SctpTransportOptions } from './sctp-transport-options.ts';

/** {@link SctpTransportOptions} with all defaults filled in and checked. */
export interface TransportSettings {
  /** See {@link SctpTransportOptions.carrier}. */
  readonly carrier: SctpCarrier | 'auto';
  /** See {@link SctpTransportOptions.encapsulationPort}. */
  readonly encapsulation: EncapsulationRule;
  /** See {@link SctpTransportOptions.parameters}. */
  readonly parameters: Partial<SctpParameters>;
  /** See {@link SctpTransportOptions.clock}. */
  readonly clock: Clock;
  /** See {@link SctpTransportOptions.groups}. */
  readonly groups: GroupNetwork | undefined;
  /** Numbers that nobody can guess: verification tags, initial TSNs, keys. */
  readonly random: RandomSource;
  /** See {@link SctpTransportOptions.pathFilter}. */
  readonly pathFilter: PathFilter | undefined;
  /** See {@link SctpTransportOptions.closeTimeoutMs}. */
  readonly closeTimeoutMs: number;
}

const longest = 0x7fffffff;

/** What each parameter may be. */
const ranges: Readonly<Record<keyof SctpParameters, readonly [minimum: number, maximum: number]>> = {
  rtoInitialMs: [1, longest],
  rtoMinMs: [1, longest],
  rtoMaxMs: [1, longest],
  maxBurst: [1, 65_535],
  associationMaxRetrans: [0, 65_535],
  pathMaxRetrans: [0, 65_535],
  maxInitRetransmits: [0, 65_535],
  heartbeatIntervalMs: [0, longest],
  potentiallyFailedMaxRetrans: [0, 65_535],
  tailLossProbes: [0, 10],
  maximumSilenceMs: [1, longest],
  validCookieLifeMs: [1, longest],
  // RFC 9260 section 6.2: an implementation MUST NOT allow more than 500 ms.
  sackDelayMs: [0, 500],
  sackFrequency: [1, 65_535],
  heartbeatMaxBurst: [1, 65_535],
  // An INIT with its longest cookie has to fit a path of IPv4's minimum; UDP cannot carry more than its length says.
  maximumPacketBytes: [508, 65_504],
  loopbackPacketBytes: [508, 65_504],
  receiveWindowBytes: [1500, longest],
  outboundStreams: [1, 65_535],
  maximumInboundStreams: [1, 65_535],
  maximumMessageBytes: [1024, 2 ** 30],
};

function checkParameters(parameters: Partial<SctpParameters>): Partial<SctpParameters> {
  for (const [name, value] of Object.entries(parameters)) {
    const range = (ranges as Readonly<Record<string, readonly [number, number] | undefined>>)[name];
    if (range === undefined) {
      throw new RserpoolError(
        'ERR_RSERPOOL_INVALID_ARGUMENT',
        `parameters.${name} is no parameter; known: ${Object.keys(ranges).join(', ')}`,
      );
    }
    if (value !== undefined) checkInteger(`parameters.${name}`, value, range[0], range[1]);
  }
  for (const name of ['maximumPacketBytes', 'loopbackPacketBytes'] as const) {
    checkInteger(`parameters.${name} modulo 4`, (parameters[name] ?? 0) % 4, 0, 0);
  }
  return parameters;
}

/**
 * Fills in the defaults.
 *
 * @param options - What the caller gave.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function transportSettings(options: SctpTransportOptions): TransportSettings {
  const carrier = options.carrier ?? 'udp';
  if (!['udp', 'kernel', 'raw', 'auto'].includes(carrier)) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `carrier is '${String(carrier)}'; give 'udp', 'kernel', 'raw' or 'auto'`,
    );
  }
  return {
    carrier,
    encapsulation: encapsulationRule(options.encapsulationPort),
    parameters: checkParameters(options.parameters ?? {}),
    clock: options.clock ?? realClock,
    groups: options.groups === false ? undefined : (options.groups ?? createUdpGroups()),
    random: secureRandom(),
    pathFilter: options.pathFilter,
    closeTimeoutMs: checkInteger('closeTimeoutMs', options.closeTimeoutMs ?? 5000, 1, longest),
  };
}
