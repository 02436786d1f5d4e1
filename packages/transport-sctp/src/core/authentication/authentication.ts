import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import { ChunkType } from '../wire/chunk-type.ts';
import { HmacIdentifier } from '../wire/chunks/auth.ts';
import type { AuthenticationParameters, Init } from '../wire/chunks/init.ts';
import { associationKey, keyVector } from './key-vector.ts';

/** The length of RANDOM in bytes (RFC 4895 section 3.1). */
const randomBytes = 32;

/** A peer's parameters that are longer are not taken: they become a part of the state cookie. */
const maximumVectorBytes = 512;

/** Chunks that this side only takes when they are authenticated (RFC 5061 section 4.1). */
const authenticatedChunks: readonly number[] = [ChunkType.asconf, ChunkType.asconfAck];

/** The extensions that this side supports (RFC 5061 section 4.2.7). */
export const supportedExtensions: readonly number[] = [ChunkType.asconf, ChunkType.asconfAck, ChunkType.auth];

/** Chunks that never need to be authenticated, whatever a peer lists (RFC 4895 section 3.2). */
const neverAuthenticated: readonly number[] = [
  ChunkType.init,
  ChunkType.initAck,
  ChunkType.shutdownComplete,
  ChunkType.auth,
];

/** What two sides have agreed on about authenticated chunks (RFC 4895 section 6.1) and address reconfiguration. */
export interface Authentication {
  /** The association shared key. */
  readonly key: Uint8Array;
  /** The HMAC that this side uses: the first one that the peer listed and this side has. */
  readonly hmacIdentifier: number;
  /** The chunks that the peer only takes when they are authenticated. */
  readonly required: readonly number[];
  /** Whether more than ASCONF and ASCONF ACK have to be authenticated: then every packet is. */
  readonly isForAll: boolean;
  /** Whether the peer supports ASCONF. */
  readonly canReconfigure: boolean;
}

/**
 * New parameters for an INIT or INIT ACK.
 *
 * @returns `undefined` where this endpoint has no SHA-1: whoever supports AUTH has to support that (section 3.3).
 */
export function newAuthenticationParameters(core: EndpointCore): AuthenticationParameters | undefined {
  const { hmacSha1, random } = core.options;
  if (hmacSha1 === undefined) return undefined;
  const bytes = new Uint8Array(randomBytes);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < randomBytes; at += 4) view.setUint32(at, random());
  return {
    random: bytes,
    chunks: authenticatedChunks,
    hmacAlgorithms: [HmacIdentifier.sha256, HmacIdentifier.sha1],
  };
}

/** What is told to a peer whose RANDOM has another length (section 6.1: the association has to be aborted). */
export const wrongRandom = 'RANDOM does not have 32 bytes';

/** Whether an INIT or INIT ACK has a RANDOM of another length. */
export function hasWrongRandom(init: Init): boolean {
  return init.authentication !== undefined && init.authentication.random.length !== randomBytes;
}

/** What comes of this side's parameters and those of the peer's INIT or INIT ACK; `undefined` where one has none. */
export function agreeOnAuthentication(
  own: AuthenticationParameters | undefined,
  peer: Init,
): Authentication | undefined {
  const { authentication, supportedExtensions: extensions = [] } = peer;
  if (own === undefined || authentication === undefined) return undefined;
  const hmacIdentifier = authentication.hmacAlgorithms.find((identifier) =>
    own.hmacAlgorithms.includes(identifier),
  );
  if (hmacIdentifier === undefined) return undefined;
  const required = [...new Set(authentication.chunks)].filter((type) => !neverAuthenticated.includes(type));
  const vector = keyVector(authentication);
  if (vector.length > maximumVectorBytes) return undefined;
  return {
    key: associationKey(keyVector(own), vector),
    hmacIdentifier,
    required,
    isForAll: required.some((type) => !authenticatedChunks.includes(type)),
    canReconfigure: authenticatedChunks.every((type) => extensions.includes(type)),
  };
}

/** Puts an agreement into a state cookie. RANDOMs travel in the open anyway; there is no secret in it. */
export function encodeAuthentication(authentication: Authentication | undefined): Uint8Array {
  if (authentication === undefined) return new Uint8Array(0);
  const { key, hmacIdentifier, required, canReconfigure } = authentication;
  return new Uint8Array([canReconfigure ? 1 : 0, hmacIdentifier, required.length, ...required, ...key]);
}

/** Takes it out again. */
export function decodeAuthentication(bytes: Uint8Array): Authentication | undefined {
  const [flags, hmacIdentifier, count] = bytes;
  if (flags === undefined || hmacIdentifier === undefined || count === undefined) return undefined;
  const required = [...bytes.subarray(3, 3 + count)];
  return {
    key: bytes.slice(3 + count),
    hmacIdentifier,
    required,
    isForAll: required.some((type) => !authenticatedChunks.includes(type)),
    canReconfigure: flags === 1,
  };
}
