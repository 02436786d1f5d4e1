export { SctpEndpointMachine } from './core/endpoint/sctp-endpoint-machine.ts';
export type { SctpStatistics } from './core/endpoint/sctp-statistics.ts';
export type { HmacFunction, HmacSha256, SctpEndpointOptions } from './core/sctp-endpoint-options.ts';
export type {
  AssociateInput,
  AssociationInput,
  AssociationParameters,
  LocalAddressesInput,
  PacketInput,
  SctpInput,
  SctpParameters,
  SendInput,
} from './core/sctp-input.ts';
export type { PacketOutput, PathState, SctpLossReason, SctpOutput } from './core/sctp-output.ts';
