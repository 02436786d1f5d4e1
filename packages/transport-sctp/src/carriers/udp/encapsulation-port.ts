import { formatIpAddress, type IpAddress, RserpoolError } from '@rserpool/wire';
import { checkInteger } from '@rserpool/transport/internal';

/** A UDP port, or the rule that it is the same number as the SCTP port. */
export type UdpPortRule = number | 'sctp-port';

/** UDP ports that differ from one remote endpoint to another. */
export interface EncapsulationPortMap {
  /** The UDP port of this endpoint's own sockets; 9899 by default. */
  readonly local?: UdpPortRule;
  /**
   * The UDP ports of remote endpoints: by address and SCTP port (`192.0.2.1:3863`, `[2001:db8::1]:3863`), which counts
   * first, or by address alone (`192.0.2.1`, `2001:db8::1`).
   */
  readonly remote: Readonly<Record<string, UdpPortRule>>;
  /** The UDP port of all other remote endpoints; 9899 by default. */
  readonly others?: UdpPortRule;
}

/**
 * Which UDP ports carry SCTP (RFC 6951). No message of SCTP or RSerPool tells them, so both sides have to follow one
 * rule:
 * - a number, by default 9899, which IANA has assigned for it (section 5.2): between hosts, one process for each address;
 * - `'sctp-port'`: the UDP port is the SCTP port, so that several processes can share an address;
 * - a map, where remote endpoints differ.
 */
export type EncapsulationPort = UdpPortRule | EncapsulationPortMap;

/** {@link EncapsulationPort}, checked. */
export interface EncapsulationRule {
  /** The UDP port of the local sockets. */
  readonly local: UdpPortRule;
  /** The UDP port of a remote endpoint that nothing was heard of yet. */
  readonly remote: (address: IpAddress, port: number) => number;
}

/** The UDP port that IANA has assigned to SCTP over UDP (RFC 6951 section 5.2). */
export const assignedUdpPort = 9899;

function checkRule(name: string, rule: UdpPortRule): UdpPortRule {
  if (rule === 'sctp-port') return rule;
  if (typeof rule === 'number') return checkInteger(name, rule, 1, 65_535);
  throw new RserpoolError(
    'ERR_RSERPOOL_INVALID_ARGUMENT',
    `${name} is ${String(rule)}; give a UDP port or 'sctp-port'`,
  );
}

const numberOf = (rule: UdpPortRule, sctpPort: number): number => (rule === 'sctp-port' ? sctpPort : rule);

function mapRule(map: EncapsulationPortMap): EncapsulationRule {
  const local = checkRule('encapsulationPort.local', map.local ?? assignedUdpPort);
  const others = checkRule('encapsulationPort.others', map.others ?? assignedUdpPort);
  const remote = new Map(Object.entries(map.remote));
  for (const [name, rule] of remote) checkRule(`encapsulationPort.remote['${name}']`, rule);
  return {
    local,
    remote: (address, port) => {
      const text = formatIpAddress(address);
      const whole = address.length === 16 ? `[${text}]:${port}` : `${text}:${port}`;
      return numberOf(remote.get(whole) ?? remote.get(text) ?? others, port);
    },
  };
}

/**
 * Checks the caller's wish.
 *
 * @param option - What the caller gave.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT`.
 */
export function encapsulationRule(option: EncapsulationPort = assignedUdpPort): EncapsulationRule {
  if (typeof option === 'object') return mapRule(option);
  const rule = checkRule('encapsulationPort', option);
  return { local: rule, remote: (_address, port) => numberOf(rule, port) };
}
