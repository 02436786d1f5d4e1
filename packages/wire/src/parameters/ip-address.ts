/**
 * An IP address as on the wire, most significant byte first: 4 bytes are IPv4, 16 bytes are IPv6. Decoded
 * addresses are views of the input.
 */
export type IpAddress = Uint8Array;
