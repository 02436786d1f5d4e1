import fc from 'fast-check';
import type { AsapMessage } from '../asap/asap-message.ts';
import type { EnrpMessage } from '../enrp/enrp-message.ts';
import type { OperationError } from '../parameters/operation-error.ts';
import type { PoolElement } from '../parameters/pool-element.ts';
import type { SctpTransport } from '../parameters/sctp-transport.ts';
import { type PolicyParameter, policyTypeNumbers } from '../parameters/selection-policy.ts';
import type { ServerInformation } from '../parameters/server-information.ts';
import type { TcpTransport } from '../parameters/tcp-transport.ts';
import type { ParameterContainer, UnknownParameter } from '../parameters/unknown-parameter.ts';
import type { UserTransport } from '../parameters/user-transport.ts';

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const s32 = fc.integer({ min: -0x80000000, max: 0x7fffffff });
const someBytes = fc.uint8Array({ maxLength: 13 });

/** An IPv4 or IPv6 address. */
export const anyAddress: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }),
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
);

/** Adds unrecognized parameters to a container, in places that exist there. */
function withUnknown<Container extends object>(
  container: fc.Arbitrary<Container>,
  countKnown: (value: Container) => number,
): fc.Arbitrary<Container & ParameterContainer> {
  const skipped = fc
    .record({ type: fc.integer({ min: 0x8000, max: 0xffff }), value: someBytes, place: fc.nat() })
    .filter(({ type }) => type !== 0x803f);
  return fc
    .tuple(container, fc.oneof(fc.constant([]), fc.array(skipped, { maxLength: 2 })))
    .map(([value, list]) => {
      if (list.length === 0) return value;
      const places = countKnown(value) + 1;
      const unknownParameters: UnknownParameter[] = list
        .map(({ type, value: content, place }) => ({ type, value: content, position: place % places }))
        .toSorted((left, right) => left.position - right.position);
      return { ...value, unknownParameters };
    });
}

const anySctp: fc.Arbitrary<SctpTransport> = withUnknown(
  fc.record({
    protocol: fc.constant('sctp' as const),
    port: u16,
    transportUse: u16,
    addresses: fc.array(anyAddress, { minLength: 1, maxLength: 4 }),
  }),
  ({ addresses }) => addresses.length,
);

const anyTcp: fc.Arbitrary<TcpTransport> = withUnknown(
  fc.record({ protocol: fc.constant('tcp' as const), port: u16, address: anyAddress }),
  () => 1,
);

/** Any user transport. */
export const anyTransport: fc.Arbitrary<UserTransport> = fc.oneof(
  anySctp,
  anyTcp,
  withUnknown(
    fc.record({ protocol: fc.constantFrom('udp', 'udp-lite'), port: u16, address: anyAddress }),
    () => 1,
  ),
  withUnknown(
    fc.record({ protocol: fc.constant('dccp' as const), port: u16, serviceCode: u32, address: anyAddress }),
    () => 1,
  ),
  fc.record({ protocol: fc.constant('opaque' as const), data: someBytes }),
);

const knownPolicyNumbers = new Set(Object.values(policyTypeNumbers));

/** Any policy, also unknown ones. */
export const anyPolicy: fc.Arbitrary<PolicyParameter> = fc.oneof(
  fc.record({ type: fc.constantFrom('roundRobin', 'random') }),
  fc.record({ type: fc.constantFrom('weightedRoundRobin', 'weightedRandom'), weight: u32 }),
  fc.record({ type: fc.constant('priority' as const), priority: u32 }),
  fc.record({ type: fc.constantFrom('leastUsed', 'randomizedLeastUsed'), load: u32 }),
  fc.record({
    type: fc.constantFrom(
      'leastUsedWithDegradation',
      'priorityLeastUsed',
      'randomizedPriorityLeastUsed',
      'randomizedLeastUsedWithDegradation',
      'priorityLeastUsedWithDegradation',
      'randomizedPriorityLeastUsedWithDegradation',
    ),
    load: u32,
    loadDegradation: u32,
  }),
  fc.record({
    type: fc.constant('weightedRandomDistance' as const),
    weight: u32,
    weightDistanceFactor: u32,
    distance: u32,
  }),
  fc.record({
    type: fc.constant('leastUsedDistance' as const),
    load: u32,
    loadDistanceFactor: u32,
    distance: u32,
  }),
  fc.record({
    type: fc.constantFrom(
      'leastUsedWithDegradationDistance',
      'priorityLeastUsedDistance',
      'priorityLeastUsedWithDegradationDistance',
    ),
    load: u32,
    loadDegradation: u32,
    loadDistanceFactor: u32,
    distance: u32,
  }),
  fc.record({
    type: fc.constant('unknown' as const),
    policyType: u32.filter((number) => !knownPolicyNumbers.has(number)),
    data: someBytes,
  }),
);

/** Any pool element. */
export const anyElement: fc.Arbitrary<PoolElement> = withUnknown<PoolElement>(
  fc.record(
    {
      identifier: u32,
      homeRegistrar: u32,
      registrationLife: s32,
      userTransport: anyTransport,
      policy: anyPolicy,
      asapTransport: anySctp,
    },
    { requiredKeys: ['identifier', 'homeRegistrar', 'registrationLife', 'userTransport', 'policy'] },
  ),
  ({ asapTransport }) => (asapTransport === undefined ? 2 : 3),
);

const anyServer: fc.Arbitrary<ServerInformation> = withUnknown(
  fc.record({ identifier: u32, transport: anySctp }),
  () => 1,
);

const anyError: fc.Arbitrary<OperationError> = fc.record({
  causes: fc.array(fc.record({ code: u16, information: someBytes }), { minLength: 1, maxLength: 3 }),
});

const elements = fc.array(anyElement, { minLength: 1, maxLength: 3 });
const poolHandle = someBytes;
const poolElementIdentifier = u32;

/** Any ASAP message. */
export const anyAsapMessage: fc.Arbitrary<AsapMessage> = fc.oneof(
  withUnknown(
    fc.record({ type: fc.constant('ASAP_REGISTRATION' as const), poolHandle, poolElement: anyElement }),
    () => 2,
  ),
  withUnknown(
    fc.record({
      type: fc.constantFrom(
        'ASAP_DEREGISTRATION',
        'ASAP_ENDPOINT_KEEP_ALIVE_ACK',
        'ASAP_ENDPOINT_UNREACHABLE',
      ),
      poolHandle,
      poolElementIdentifier,
    }),
    () => 2,
  ),
  withUnknown(
    fc.record(
      {
        type: fc.constant('ASAP_REGISTRATION_RESPONSE' as const),
        rejected: fc.boolean(),
        poolHandle,
        poolElementIdentifier,
        error: anyError,
      },
      { requiredKeys: ['type', 'rejected', 'poolHandle', 'poolElementIdentifier'] },
    ),
    ({ error }) => (error === undefined ? 2 : 3),
  ),
  withUnknown(
    fc.record(
      {
        type: fc.constant('ASAP_DEREGISTRATION_RESPONSE' as const),
        poolHandle,
        poolElementIdentifier,
        error: anyError,
      },
      { requiredKeys: ['type', 'poolHandle', 'poolElementIdentifier'] },
    ),
    ({ error }) => (error === undefined ? 2 : 3),
  ),
  withUnknown(
    fc.record(
      {
        type: fc.constant('ASAP_HANDLE_RESOLUTION' as const),
        subscribe: fc.boolean(),
        poolHandle,
        items: u32,
      },
      { requiredKeys: ['type', 'subscribe', 'poolHandle'] },
    ),
    ({ items }) => (items === undefined ? 1 : 2),
  ),
  withUnknown<Extract<AsapMessage, { type: 'ASAP_HANDLE_RESOLUTION_RESPONSE' }>>(
    fc.oneof(
      fc.record(
        {
          type: fc.constant('ASAP_HANDLE_RESOLUTION_RESPONSE' as const),
          subscribed: fc.boolean(),
          poolHandle,
          policy: anyPolicy,
          poolElements: elements,
        },
        { requiredKeys: ['type', 'subscribed', 'poolHandle', 'poolElements'] },
      ),
      fc.record({
        type: fc.constant('ASAP_HANDLE_RESOLUTION_RESPONSE' as const),
        subscribed: fc.boolean(),
        poolHandle,
        poolElements: fc.constant([]),
        error: anyError,
      }),
    ),
    ({ policy, poolElements, error }) =>
      1 + (policy === undefined ? 0 : 1) + poolElements.length + (error === undefined ? 0 : 1),
  ),
  withUnknown(
    fc.record(
      {
        type: fc.constant('ASAP_ENDPOINT_KEEP_ALIVE' as const),
        home: fc.boolean(),
        serverIdentifier: u32,
        poolHandle,
        poolElementIdentifier,
      },
      { requiredKeys: ['type', 'home', 'serverIdentifier', 'poolHandle'] },
    ),
    (message) => (message.poolElementIdentifier === undefined ? 1 : 2),
  ),
  withUnknown(
    fc.record({
      type: fc.constant('ASAP_SERVER_ANNOUNCE' as const),
      serverIdentifier: u32,
      transports: fc.array(fc.oneof(anySctp, anyTcp), { maxLength: 3 }),
    }),
    ({ transports }) => transports.length,
  ),
  withUnknown(
    fc.record({
      type: fc.constantFrom('ASAP_COOKIE', 'ASAP_COOKIE_ECHO'),
      cookie: fc.uint8Array({ maxLength: 70 }),
    }),
    () => 1,
  ),
  withUnknown(
    fc.record({ type: fc.constant('ASAP_BUSINESS_CARD' as const), poolHandle, poolElements: elements }),
    ({ poolElements }) => 1 + poolElements.length,
  ),
  withUnknown(fc.record({ type: fc.constant('ASAP_ERROR' as const), error: anyError }), () => 1),
);

const header = { senderIdentifier: u32, receiverIdentifier: u32 };

/** Any ENRP message. */
export const anyEnrpMessage: fc.Arbitrary<EnrpMessage> = fc.oneof(
  withUnknown(
    fc.record(
      {
        type: fc.constant('ENRP_PRESENCE' as const),
        ...header,
        replyRequired: fc.boolean(),
        checksum: u16,
        serverInformation: anyServer,
      },
      { requiredKeys: ['type', 'senderIdentifier', 'receiverIdentifier', 'replyRequired'] },
    ),
    (message) => (message.checksum === undefined ? 0 : 1) + (message.serverInformation === undefined ? 0 : 1),
  ),
  withUnknown(
    fc.record({
      type: fc.constant('ENRP_HANDLE_TABLE_REQUEST' as const),
      ...header,
      ownChildrenOnly: fc.boolean(),
    }),
    () => 0,
  ),
  withUnknown(
    fc.record({
      type: fc.constant('ENRP_HANDLE_TABLE_RESPONSE' as const),
      ...header,
      rejected: fc.constant(false),
      moreToSend: fc.boolean(),
      poolEntries: fc.array(fc.record({ poolHandle, poolElements: elements }), { maxLength: 3 }),
    }),
    ({ poolEntries }) => poolEntries.reduce((sum, { poolElements }) => sum + 1 + poolElements.length, 0),
  ),
  withUnknown(
    fc.record({
      type: fc.constant('ENRP_HANDLE_TABLE_RESPONSE' as const),
      ...header,
      rejected: fc.constant(true),
      moreToSend: fc.boolean(),
      poolEntries: fc.constant([]),
    }),
    () => 0,
  ),
  withUnknown(
    fc.record({
      type: fc.constant('ENRP_HANDLE_UPDATE' as const),
      ...header,
      takeoverSuggested: fc.boolean(),
      action: u16,
      poolHandle,
      poolElement: anyElement,
    }),
    () => 2,
  ),
  withUnknown(fc.record({ type: fc.constant('ENRP_LIST_REQUEST' as const), ...header }), () => 0),
  withUnknown(
    fc.record({
      type: fc.constant('ENRP_LIST_RESPONSE' as const),
      ...header,
      rejected: fc.constant(false),
      servers: fc.array(anyServer, { maxLength: 3 }),
    }),
    ({ servers }) => servers.length,
  ),
  withUnknown(
    fc.record({
      type: fc.constantFrom('ENRP_INIT_TAKEOVER', 'ENRP_INIT_TAKEOVER_ACK', 'ENRP_TAKEOVER_SERVER'),
      ...header,
      targetIdentifier: u32,
    }),
    () => 0,
  ),
  withUnknown(fc.record({ type: fc.constant('ENRP_ERROR' as const), ...header, error: anyError }), () => 1),
);
