import { formatIpAddress, type IpAddress } from '@rserpool/wire';

/** Texts of IPv4 addresses that were written before, by a place that follows from the address. */
const knownTexts: string[] = [];
const knownWords: number[] = [];

/**
 * Writes an address as {@link formatIpAddress} does. The same few addresses come with every look-up: the texts of up to
 * 256 IPv4 addresses are kept.
 *
 * @param address - 4 or 16 bytes.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` where the address has another length.
 */
export function addressText(address: IpAddress): string {
  if (address.length !== 4) return formatIpAddress(address);
  const word =
    ((address[0] ?? 0) << 24) | ((address[1] ?? 0) << 16) | ((address[2] ?? 0) << 8) | (address[3] ?? 0);
  const place = Math.imul(word, 0x9e3779b1) >>> 24;
  const known = knownTexts[place];
  if (known !== undefined && knownWords[place] === word) return known;
  const text = formatIpAddress(address);
  knownTexts[place] = text;
  knownWords[place] = word;
  return text;
}
