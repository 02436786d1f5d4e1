/** The parameter types (RFC 9260 section 3.3, RFC 4895 section 3, RFC 5061 section 4.2, RFC 3758 section 3.1). */
export const ParameterType = {
  heartbeatInfo: 1,
  ipv4Address: 5,
  ipv6Address: 6,
  stateCookie: 7,
  unrecognizedParameter: 8,
  cookiePreservative: 9,
  hostNameAddress: 11,
  supportedAddressTypes: 12,
  ecnCapable: 0x8000,
  random: 0x8002,
  chunkList: 0x8003,
  hmacAlgorithms: 0x8004,
  supportedExtensions: 0x8008,
  forwardTsnSupported: 0xc000,
  addIpAddress: 0xc001,
  deleteIpAddress: 0xc002,
  errorCauseIndication: 0xc003,
  setPrimaryAddress: 0xc004,
  successIndication: 0xc005,
  adaptationLayerIndication: 0xc006,
} as const;

/** Whether the rest of the chunk is left unread behind a parameter of an unknown type (RFC 9260 section 3.2.1: bits 00, 01). */
export function unknownParameterStops(type: number): boolean {
  return (type & 0x8000) === 0;
}

/** Whether a parameter of an unknown type is reported (RFC 9260 section 3.2.1: bits 01, 11). */
export function unknownParameterIsReported(type: number): boolean {
  return (type & 0x4000) !== 0;
}
