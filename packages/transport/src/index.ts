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
export { createRealClock, type RealClockOptions, realClock } from './clock/real-clock.ts';
export { createVirtualClock, type VirtualClock, type VirtualClockOptions } from './clock/virtual-clock.ts';
export type { MemoryHost, MemoryHostState } from './memory/memory-host.ts';
export {
  createMemoryNetwork,
  type HostReference,
  type MemoryNetwork,
  type MemoryNetworkOptions,
} from './memory/memory-network.ts';
export type { PathOptions } from './memory/path-model.ts';
export {
  type AsapTcpTransportOptions,
  createAsapTcpTransport,
  createFramedTcpTransport,
  createTcpDataTransport,
  type FramedTcpTransportOptions,
  type TcpTransportOptions,
} from './tcp/tcp-transport.ts';
export type { CertificateTls, PreSharedKeyTls, TlsOptions } from './tcp/tls/tls-options.ts';
export { createUdpGroups } from './udp/udp-groups.ts';
export { secureRandom } from './random/secure-random.ts';
