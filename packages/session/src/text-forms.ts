import {
  asapPort,
  encodeUtf8,
  type IpAddress,
  parseIpAddress,
  parseRemoteEndpoint,
  poolHandleFromText,
  type RemoteEndpoint,
  RserpoolError,
} from '@rserpool/wire';

/** A pool handle: bytes, or text that is encoded in UTF-8. */
export type PoolHandleForm = string | Uint8Array;

/** Where a registrar is: an endpoint, or text such as `192.0.2.1:3863` or `[2001:db8::1]:3863`. */
export type RegistrarForm = string | RemoteEndpoint;

/** The bytes of a message: as they are, or text that is encoded in UTF-8. */
export type DataForm = string | Uint8Array;

/** An address: 4 or 16 bytes, or text. */
export type AddressForm = string | IpAddress;

/** A message's length field less its header and that of the parameter (RFC 5354 section 3). */
export const maximumPoolHandleBytes: number = 0xffff - 4 - 4;

/**
 * The bytes of a pool handle.
 *
 * @param form - Bytes or text.
 * @param maximumBytes - How many bytes it may have: what a message can say, or what the profile's peers can read.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where it is empty, or longer than that.
 */
export function toPoolHandle(form: PoolHandleForm, maximumBytes: number): Uint8Array {
  const bytes = typeof form === 'string' ? poolHandleFromText(form) : form;
  const length = bytes instanceof Uint8Array ? bytes.length : 0;
  if (length === 0 || length > maximumBytes) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `A pool handle is text or bytes, 1 to ${maximumBytes} of them, not ${length}: name the pool.`,
    );
  }
  return bytes;
}

/**
 * The bytes of a message.
 *
 * @param form - Bytes or text.
 */
export function toData(form: DataForm): Uint8Array {
  return typeof form === 'string' ? encodeUtf8(form) : form;
}

/**
 * The bytes of an address.
 *
 * @param form - Bytes or text.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where the text is no address.
 */
export function toAddress(form: AddressForm): IpAddress {
  return typeof form === 'string' ? parseIpAddress(form) : form;
}

/**
 * The endpoint of a registrar.
 *
 * @param form - An endpoint, or address and port as text; the port registered for ASAP where the text has none.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where the text is no address.
 */
export function toRegistrar(form: RegistrarForm): RemoteEndpoint {
  return typeof form === 'string' ? parseRemoteEndpoint(form, asapPort) : form;
}
