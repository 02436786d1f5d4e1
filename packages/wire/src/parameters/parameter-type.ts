/** The parameter types of RFC 5354 section 3, table 1, and the option of draft-dreibholz-rserpool-asap-hropt. */
export const ParameterType: {
  /** IPv4 Address (section 3.1). */
  readonly ipv4Address: 0x1;
  /** IPv6 Address (section 3.2). */
  readonly ipv6Address: 0x2;
  /** DCCP Transport (section 3.3). */
  readonly dccpTransport: 0x3;
  /** SCTP Transport (section 3.4). */
  readonly sctpTransport: 0x4;
  /** TCP Transport (section 3.5). */
  readonly tcpTransport: 0x5;
  /** UDP Transport (section 3.6). */
  readonly udpTransport: 0x6;
  /** UDP-Lite Transport (section 3.7). */
  readonly udpLiteTransport: 0x7;
  /** Pool Member Selection Policy (section 3.8). */
  readonly policy: 0x8;
  /** Pool Handle (section 3.9). */
  readonly poolHandle: 0x9;
  /** Pool Element (section 3.10). */
  readonly poolElement: 0xa;
  /** Server Information (section 3.11). */
  readonly serverInformation: 0xb;
  /** Operation Error (section 3.12). */
  readonly operationError: 0xc;
  /** Cookie (section 3.13). */
  readonly cookie: 0xd;
  /** PE Identifier (section 3.14). */
  readonly poolElementIdentifier: 0xe;
  /** PE Checksum (section 3.15). */
  readonly poolElementChecksum: 0xf;
  /** Opaque Transport (section 3.16). */
  readonly opaqueTransport: 0x10;
  /** Handle Resolution option; recognized in ASAP_HANDLE_RESOLUTION only. */
  readonly handleResolutionOption: 0x803f;
} = {
  ipv4Address: 0x1,
  ipv6Address: 0x2,
  dccpTransport: 0x3,
  sctpTransport: 0x4,
  tcpTransport: 0x5,
  udpTransport: 0x6,
  udpLiteTransport: 0x7,
  policy: 0x8,
  poolHandle: 0x9,
  poolElement: 0xa,
  serverInformation: 0xb,
  operationError: 0xc,
  cookie: 0xd,
  poolElementIdentifier: 0xe,
  poolElementChecksum: 0xf,
  opaqueTransport: 0x10,
  handleResolutionOption: 0x803f,
};

/** The RFC's names of the parameter types by their numbers. */
export const parameterNames: Readonly<Record<number, string>> = {
  0x1: 'IPv4 Address',
  0x2: 'IPv6 Address',
  0x3: 'DCCP Transport',
  0x4: 'SCTP Transport',
  0x5: 'TCP Transport',
  0x6: 'UDP Transport',
  0x7: 'UDP-Lite Transport',
  0x8: 'Pool Member Selection Policy',
  0x9: 'Pool Handle',
  0xa: 'Pool Element',
  0xb: 'Server Information',
  0xc: 'Operation Error',
  0xd: 'Cookie',
  0xe: 'PE Identifier',
  0xf: 'PE Checksum',
  0x10: 'Opaque Transport',
  0x803f: 'Handle Resolution Option',
};

/**
 * Tells whether every message recognizes a parameter type, wherever it stands: the ones of RFC 5354.
 *
 * @internal
 */
export function isRecognizedParameterType(type: number): boolean {
  return type >= ParameterType.ipv4Address && type <= ParameterType.opaqueTransport;
}

/**
 * A parameter type for people: its name and number, or the number alone.
 *
 * @internal
 */
export function describeParameterType(type: number): string {
  const name = parameterNames[type];
  const number = `0x${type.toString(16)}`;
  return name === undefined ? `parameter ${number}` : `${name} parameter (${number})`;
}
