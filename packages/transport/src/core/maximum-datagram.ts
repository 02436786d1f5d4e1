/** The longest UDP datagram over IPv4, in bytes; groups take no longer one, whatever carries them. */
export const maximumDatagramBytes = 65_507;
