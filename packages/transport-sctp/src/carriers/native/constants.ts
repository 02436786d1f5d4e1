/** Numbers of the Linux ABI; they are the same on all processors that are supported. */

export const addressFamilyIpv4 = 2;
export const addressFamilyIpv6 = 10;
export const socketRaw = 3;
export const socketSequencedPackets = 5;
/** SOCK_NONBLOCK | SOCK_CLOEXEC. */
export const nonBlocking = 0o2004000;
export const protocolSctp = 132;
export const levelSocket = 1;
/** SO_REUSEADDR. */
export const optionReuseAddress = 2;
export const levelIpv6 = 41;
/** SO_SNDBUF, SO_RCVBUF, and the same with CAP_NET_ADMIN beyond the system's limits. */
export const optionSendBuffer = 7;
export const optionReceiveBuffer = 8;
export const optionSendBufferForce = 32;
export const optionReceiveBufferForce = 33;
/** IPV6_V6ONLY. */
export const optionIpv6Only = 26;
/** The message is complete (recvmsg). */
export const flagEndOfRecord = 0x80;
/** More follows at once, so that this need not go in a packet of its own (sendmsg). */
export const flagMore = 0x8000;
/** Do not raise SIGPIPE (sendmsg). */
export const flagNoSignal = 0x4000;

export const errorAgain = 11;
export const errorInterrupted = 4;
export const errorInProgress = 115;
