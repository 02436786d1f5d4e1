export type { PacketCarrier } from './carriers/packet-carrier.ts';
