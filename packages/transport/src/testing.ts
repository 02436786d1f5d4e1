export {
  describeGroupCompliance,
  type GroupComplianceOptions,
  type GroupFixture,
} from './compliance/group-compliance.ts';
export type {
  FaultyPeer,
  MultiHomedPair,
  TestFramework,
  TransportComplianceOptions,
  TransportFixture,
} from './compliance/suite.ts';
export { describeTransportCompliance } from './compliance/transport-compliance.ts';
