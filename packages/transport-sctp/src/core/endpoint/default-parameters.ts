import type { SctpParameters } from '../sctp-input.ts';

/** The protocol parameters that RFC 9260 section 16 recommends, and the ones of this implementation. */
export const defaultSctpParameters: SctpParameters = {
  rtoInitialMs: 1000,
  rtoMinMs: 1000,
  rtoMaxMs: 60_000,
  maxBurst: 4,
  associationMaxRetrans: 10,
  pathMaxRetrans: 5,
  maxInitRetransmits: 8,
  heartbeatIntervalMs: 30_000,
  potentiallyFailedMaxRetrans: 0,
  tailLossProbes: 3,
  validCookieLifeMs: 60_000,
  sackDelayMs: 200,
  sackFrequency: 2,
  heartbeatMaxBurst: 1,
  maximumPacketBytes: 1232,
  // With headers and what Linux keeps of a packet it fits 8 KiB: 8192 would take twice as much of a socket's buffer.
  loopbackPacketBytes: 7680,
  receiveWindowBytes: 262_144,
  outboundStreams: 16,
  maximumInboundStreams: 2048,
  maximumMessageBytes: 1_048_576,
};

/** How many associations an endpoint may have at once by default: about 200 MB when all of them are idle. */
export const defaultMaximumAssociations = 10_000;

/** How many of them with one remote address by default, so that one host cannot take them all. */
export const defaultMaximumAssociationsPerAddress = 1000;
