import type { IpAddress } from '@rserpool/wire';
import { ParameterType, unknownParameterIsReported, unknownParameterStops } from '../parameter-type.ts';
import { ParameterWalk } from '../parameter-walk.ts';
import { addressOfParameter, isUnicastAddress } from '../parameters/address.ts';
import { read16, read32 } from '../words.ts';
import { type AuthenticationParameters, type Init, initHeaderLength, minimumReceiverWindow } from './init.ts';
import type { InitFault } from './init-fault.ts';

/** More addresses are not taken from one chunk: each is a path with timers, heartbeats and congestion control. */
const maximumAddresses = 32;
/** More unrecognized parameters are not reported: the answer to an INIT must not grow far beyond it. */
const maximumReports = 64;

/** Reads what INIT and INIT ACK have in common, and what only one of them has. */
export class InitReading {
  /** What is wrong with the chunk, if anything. */
  fault: InitFault | undefined;
  /** The tag, 0 where the chunk is too short to have one. */
  initiateTag = 0;
  /** The state cookie of an INIT ACK: a copy. */
  stateCookie: Uint8Array | undefined;
  /** Parameters of the own INIT that the peer reports, header included: copies. */
  readonly unrecognizedByPeer: Uint8Array[] = [];
  /** Parameters that were not recognized and have to be reported, header included: copies. */
  readonly unrecognized: Uint8Array[] = [];
  readonly #bytes: Uint8Array;
  readonly #offset: number;
  readonly #addresses: IpAddress[] = [];
  #cookiePreservativeMs: number | undefined;
  #supportedAddressTypes: readonly number[] | undefined;
  #supportedExtensions: readonly number[] | undefined;
  #forwardTsnSupported = false;
  #random: Uint8Array | undefined;
  #chunks: readonly number[] | undefined;
  #hmacAlgorithms: readonly number[] | undefined;
  #adaptationLayerIndication: number | undefined;

  constructor(bytes: Uint8Array, offset: number, length: number) {
    this.#bytes = bytes;
    this.#offset = offset;
    if (length < initHeaderLength) {
      this.#fail('malformed');
      return;
    }
    this.initiateTag = read32(bytes, offset + 4);
    if (this.initiateTag === 0) this.#fail('zero-tag');
    else if (read16(bytes, offset + 12) === 0 || read16(bytes, offset + 14) === 0) this.#fail('zero-streams');
    else if (read32(bytes, offset + 8) < minimumReceiverWindow) this.#fail('small-window');
    else this.#readParameters(offset + initHeaderLength, offset + length);
  }

  /** The chunk; only where there is no fault. */
  init(): Init {
    const bytes = this.#bytes;
    const at = this.#offset;
    const authentication = this.#authentication();
    return {
      initiateTag: this.initiateTag,
      receiverWindow: read32(bytes, at + 8),
      outboundStreams: read16(bytes, at + 12),
      inboundStreams: read16(bytes, at + 14),
      initialTsn: read32(bytes, at + 16),
      addresses: this.#addresses,
      ...(this.#cookiePreservativeMs !== undefined && { cookiePreservativeMs: this.#cookiePreservativeMs }),
      ...(this.#supportedAddressTypes !== undefined && {
        supportedAddressTypes: this.#supportedAddressTypes,
      }),
      ...(this.#supportedExtensions !== undefined && { supportedExtensions: this.#supportedExtensions }),
      ...(this.#forwardTsnSupported && { forwardTsnSupported: true }),
      ...(authentication !== undefined && { authentication }),
      ...(this.#adaptationLayerIndication !== undefined && {
        adaptationLayerIndication: this.#adaptationLayerIndication,
      }),
    };
  }

  /** AUTH needs a random number and an algorithm of the peer (RFC 4895 section 6.1); without them there is none. */
  #authentication(): AuthenticationParameters | undefined {
    const random = this.#random;
    const hmacAlgorithms = this.#hmacAlgorithms;
    if (random === undefined || hmacAlgorithms === undefined) return undefined;
    return { random, hmacAlgorithms, ...(this.#chunks !== undefined && { chunks: this.#chunks }) };
  }

  #readParameters(from: number, to: number): void {
    const walk = new ParameterWalk();
    walk.start(this.#bytes, from, to);
    while (walk.next()) {
      if (!this.#take(walk)) return;
    }
    if (walk.malformed) this.#fail('malformed');
  }

  /** Takes one parameter; `false` where those behind it are not read. */
  #take(walk: ParameterWalk): boolean {
    const value = walk.value();
    switch (walk.type) {
      case ParameterType.ipv4Address:
      case ParameterType.ipv6Address:
        return this.#takeAddress(walk.type, value);
      case ParameterType.stateCookie:
        this.stateCookie ??= value.slice();
        return true;
      case ParameterType.unrecognizedParameter:
        if (this.unrecognizedByPeer.length < maximumReports) this.unrecognizedByPeer.push(value.slice());
        return true;
      case ParameterType.cookiePreservative:
        if (value.length !== 4) return this.#fail('malformed');
        this.#cookiePreservativeMs ??= read32(value, 0);
        return true;
      case ParameterType.hostNameAddress:
        return this.#fail('host-name', walk.whole().slice());
      case ParameterType.supportedAddressTypes:
        // "The value indicating the Host Name Address parameter [...] MUST be ignored" (section 3.3.2.1.5).
        this.#supportedAddressTypes ??= numbers16(value).filter(
          (type) => type !== ParameterType.hostNameAddress,
        );
        return true;
      default:
        return this.#takeExtension(walk, value);
    }
  }

  #takeAddress(type: number, value: Uint8Array): boolean {
    const address = addressOfParameter(type, value);
    if (address === undefined) return this.#fail('malformed');
    if (isUnicastAddress(address) && this.#addresses.length < maximumAddresses) this.#addresses.push(address);
    return true;
  }

  /** Parameters of other RFCs than 9260, and unknown ones. */
  #takeExtension(walk: ParameterWalk, value: Uint8Array): boolean {
    switch (walk.type) {
      case ParameterType.supportedExtensions:
        this.#supportedExtensions ??= [...value];
        return true;
      case ParameterType.forwardTsnSupported:
        this.#forwardTsnSupported = true;
        return true;
      case ParameterType.random:
        this.#random ??= value.slice();
        return true;
      case ParameterType.chunkList:
        this.#chunks ??= [...value];
        return true;
      case ParameterType.hmacAlgorithms:
        if (value.length % 2 !== 0) return this.#fail('malformed');
        this.#hmacAlgorithms ??= numbers16(value);
        return true;
      case ParameterType.adaptationLayerIndication:
        if (value.length !== 4) return this.#fail('malformed');
        this.#adaptationLayerIndication ??= read32(value, 0);
        return true;
      case ParameterType.setPrimaryAddress:
      case ParameterType.addIpAddress:
      case ParameterType.deleteIpAddress:
      case ParameterType.errorCauseIndication:
      case ParameterType.successIndication:
        // The first is only a wish, the others "MUST be ignored" here (RFC 5061 section 4.2).
        return true;
      default:
        if (unknownParameterIsReported(walk.type) && this.unrecognized.length < maximumReports) {
          this.unrecognized.push(walk.whole().slice());
        }
        return !unknownParameterStops(walk.type);
    }
  }

  #fail(why: InitFault['why'], parameter?: Uint8Array): false {
    this.fault = { why, initiateTag: this.initiateTag, ...(parameter !== undefined && { parameter }) };
    return false;
  }
}

function numbers16(value: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 1 < value.length; at += 2) numbers.push(read16(value, at));
  return numbers;
}
