/**
 * The codec of the RSerPool protocols: the parameters of RFC 5354, ASAP (RFC 5352) and ENRP (RFC 5353) messages,
 * and the vocabulary that the other packages share.
 *
 * @packageDocumentation
 */
export { asapMessageNames } from './asap/asap-message-names.ts';
export type { AsapMessage } from './asap/asap-message.ts';
export type { AsapBusinessCard } from './asap/business-card.ts';
export type { AsapCookieEcho } from './asap/cookie-echo.ts';
export type { AsapCookie } from './asap/cookie.ts';
export type { AsapDeregistrationResponse } from './asap/deregistration-response.ts';
export type { AsapDeregistration } from './asap/deregistration.ts';
export type { AsapEndpointKeepAliveAck } from './asap/endpoint-keep-alive-ack.ts';
export type { AsapEndpointKeepAlive } from './asap/endpoint-keep-alive.ts';
export type { AsapEndpointUnreachable } from './asap/endpoint-unreachable.ts';
export type { AsapError } from './asap/error.ts';
export type { AsapHandleResolutionResponse } from './asap/handle-resolution-response.ts';
export type { AsapHandleResolution } from './asap/handle-resolution.ts';
export type { AsapRegistrationResponse } from './asap/registration-response.ts';
export type { AsapRegistration } from './asap/registration.ts';
export type { AsapServerAnnounce } from './asap/server-announce.ts';
export { type DecodeLimits, defaultDecodeLimits } from './decode-limits.ts';
export type { DecodeError, DecodeErrorCode, DecodeResult } from './decode-result.ts';
export { decodeAsapMessage, decodeEnrpMessage } from './decode.ts';
export {
  encodePolicyParameter,
  encodePoolElementParameter,
  encodeTransportParameter,
} from './encode-parameter.ts';
export { encodeAsapMessage, encodeEnrpMessage } from './encode.ts';
export { encodeAsapMessageInto, encodeEnrpMessageInto } from './encode-into.ts';
export { encodedPoolElementLength, encodedPoolHandleLength } from './encoded-length.ts';
export { enrpMessageNames } from './enrp/enrp-message-names.ts';
export type { EnrpMessage } from './enrp/enrp-message.ts';
export type { EnrpError } from './enrp/error.ts';
export type { EnrpHandleTableRequest } from './enrp/handle-table-request.ts';
export type { EnrpHandleTableResponse, PoolEntry } from './enrp/handle-table-response.ts';
export { type EnrpHandleUpdate, UpdateAction } from './enrp/handle-update.ts';
export type { EnrpHeader } from './enrp/header.ts';
export type { EnrpInitTakeoverAck } from './enrp/init-takeover-ack.ts';
export type { EnrpInitTakeover } from './enrp/init-takeover.ts';
export type { EnrpListRequest } from './enrp/list-request.ts';
export type { EnrpListResponse } from './enrp/list-response.ts';
export type { EnrpPresence } from './enrp/presence.ts';
export type { EnrpTakeoverServer } from './enrp/takeover-server.ts';
export { describeErrorCause } from './errors/describe-error-cause.ts';
export { ErrorCauseCode } from './errors/error-cause-code.ts';
export { errorCauseNames } from './errors/error-cause-names.ts';
export {
  inconsistentDataControlConfigurationCause,
  inconsistentPoolPolicyCause,
  inconsistentTransportTypeCause,
  invalidValuesCause,
  lackOfResourcesCause,
  nonUniquePoolElementIdentifierCause,
  rejectedDueToSecurityCause,
  unknownPoolHandleCause,
  unrecognizedMessageCause,
  unrecognizedParameterCause,
  unspecifiedCause,
} from './errors/error-causes.ts';
export { framedMessageLength } from './framed-length.ts';
export type { Machine } from './machine/machine.ts';
export type {
  AllocateAssociation,
  AssociationId,
  MulticastGroup,
  NetworkInput,
  NetworkOutput,
  RemoteEndpoint,
} from './machine/network.ts';
export type { DccpTransport } from './parameters/dccp-transport.ts';
export type { IpAddress } from './parameters/ip-address.ts';
export type { OpaqueTransport } from './parameters/opaque-transport.ts';
export type { ErrorCause, OperationError } from './parameters/operation-error.ts';
export { ParameterType, parameterNames } from './parameters/parameter-type.ts';
export { policyNames } from './parameters/policy-names.ts';
export type { PoolElement } from './parameters/pool-element.ts';
export { type SctpTransport, TransportUse } from './parameters/sctp-transport.ts';
export {
  type LoadDegradationDistancePolicy,
  type LoadDegradationPolicy,
  type LoadDistancePolicy,
  type LoadPolicy,
  type PlainPolicy,
  type PolicyParameter,
  type PriorityPolicy,
  type SelectionPolicy,
  type UnknownPolicy,
  type WeightDistancePolicy,
  type WeightPolicy,
  policyTypeNumbers,
  policyTypeOf,
} from './parameters/selection-policy.ts';
export type { ServerInformation } from './parameters/server-information.ts';
export type { TcpTransport } from './parameters/tcp-transport.ts';
export type { UdpLiteTransport } from './parameters/udp-lite-transport.ts';
export type { UdpTransport } from './parameters/udp-transport.ts';
export type { ParameterContainer, UnknownParameter } from './parameters/unknown-parameter.ts';
export type { UserTransport } from './parameters/user-transport.ts';
export {
  AsapPayloadProtocolIdentifier,
  EnrpPayloadProtocolIdentifier,
  asapPort,
  enrpPort,
} from './protocol.ts';
export { type RandomSource, randomFraction, randomIdentifier, seededRandom } from './random-source.ts';
export { type RserpoolErrorCode, type RserpoolErrorOptions, RserpoolError } from './rserpool-error.ts';
export { bytesEqual } from './text/bytes.ts';
export { bytesToHex, hexToBytes } from './text/hex.ts';
export { formatIpAddress, parseIpAddress } from './text/ip-address-text.ts';
export { formatRemoteEndpoint, parseRemoteEndpoint } from './text/remote-endpoint-text.ts';
export { formatPoolHandle, poolHandleFromText } from './text/pool-handle-text.ts';
export { decodeUtf8, encodeUtf8 } from './text/utf8.ts';
