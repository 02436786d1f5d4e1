export type {
  Association,
  AssociationHandlers,
  AssociationSupport,
  InboundMessage,
  LossReason,
  OutboundMessage,
  PathChange,
} from './contract/association.ts';
export type { Clock, TimerHandle } from './contract/clock.ts';
export type { BindOptions, ConnectOptions, Endpoint, HeartbeatOptions } from './contract/endpoint.ts';
export type { Group, GroupNetwork, JoinGroupOptions } from './contract/group.ts';
export type { Transport } from './contract/transport.ts';
