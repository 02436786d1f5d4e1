import type { AsapMessage } from '../asap/asap-message.ts';
import { encodePolicyParameter } from '../encode-parameter.ts';
import type { EnrpMessage } from '../enrp/enrp-message.ts';
import type { OperationError } from '../parameters/operation-error.ts';
import type { PoolElement } from '../parameters/pool-element.ts';
import { type PolicyParameter, policyTypeOf } from '../parameters/selection-policy.ts';
import type { ServerInformation } from '../parameters/server-information.ts';
import type { UserTransport } from '../parameters/user-transport.ts';
import { bytesToHex } from '../text/hex.ts';
import { formatIpAddress } from '../text/ip-address-text.ts';
import type { Dissection } from './captures.fixture.ts';

/** The values of every field, in the order of the wire. */
export type Fields = Record<string, string[]>;

/** Structure alone: the bytes of the message, which are compared as a whole, say the same. */
const structural = new Set([
  'parameter_type',
  'parameter_length',
  'parameter_padding',
  'parameter_value',
  'message_flags_tree',
]);

/** The fields that the dissector printed, without its protocol prefix. */
export function fieldsOfDissection(dissection: Dissection, fields: Fields = {}, name: string = ''): Fields {
  if (typeof dissection === 'string') {
    const field = name.slice(name.indexOf('.') + 1);
    if (!structural.has(field)) add(fields, field, normalized(field, dissection));
  } else if (Array.isArray(dissection)) {
    for (const item of dissection as readonly Dissection[]) fieldsOfDissection(item, fields, name);
  } else {
    for (const [key, value] of Object.entries(dissection)) fieldsOfDissection(value, fields, key);
  }
  return fields;
}

/** The fields that the dissector should have printed for a message. */
export function fieldsOfMessage(message: AsapMessage | EnrpMessage): Fields {
  const fields: Fields = {};
  const flag = (name: string, value: boolean): void => add(fields, name, value ? '1' : '0');
  if ('senderIdentifier' in message) {
    add(fields, 'sender_servers_id', hex(message.senderIdentifier, 8));
    add(fields, 'receiver_servers_id', hex(message.receiverIdentifier, 8));
  }
  if ('rejected' in message) flag('r_bit', message.rejected);
  if ('replyRequired' in message) flag('r_bit', message.replyRequired);
  if ('moreToSend' in message) flag('m_bit', message.moreToSend);
  if ('ownChildrenOnly' in message) flag('w_bit', message.ownChildrenOnly);
  if ('takeoverSuggested' in message) flag('t_bit', message.takeoverSuggested);
  if ('home' in message) flag('h_bit', message.home);
  if ('serverIdentifier' in message) add(fields, 'server_identifier', hex(message.serverIdentifier, 8));
  if ('targetIdentifier' in message) add(fields, 'target_servers_id', hex(message.targetIdentifier, 8));
  if ('action' in message) {
    add(fields, 'update_action', String(message.action));
    add(fields, 'reserved', '0x0000');
  }
  if ('poolHandle' in message) addHandle(fields, message.poolHandle);
  if ('poolElementIdentifier' in message && message.poolElementIdentifier !== undefined) {
    add(fields, 'pe_identifier', hex(message.poolElementIdentifier, 8));
  }
  if ('items' in message) add(fields, 'hropt_items', String(message.items));
  if ('policy' in message && message.policy !== undefined) addPolicy(fields, message.policy);
  if ('poolElement' in message) addElement(fields, message.poolElement);
  if ('poolElements' in message) for (const element of message.poolElements) addElement(fields, element);
  if ('poolEntries' in message) {
    for (const { poolHandle, poolElements } of message.poolEntries) {
      addHandle(fields, poolHandle);
      for (const element of poolElements) addElement(fields, element);
    }
  }
  if ('checksum' in message && message.checksum !== undefined) {
    add(fields, 'pe_checksum', hex(message.checksum, 4));
  }
  if ('serverInformation' in message && message.serverInformation !== undefined) {
    addServer(fields, message.serverInformation);
  }
  if ('servers' in message) for (const server of message.servers) addServer(fields, server);
  if ('cookie' in message) add(fields, 'cookie', colons(message.cookie));
  if ('error' in message && message.error !== undefined) addError(fields, message.error);
  return fields;
}

function addHandle(fields: Fields, poolHandle: Uint8Array): void {
  add(fields, 'pool_handle_pool_handle', colons(poolHandle));
}

function addElement(fields: Fields, element: PoolElement): void {
  add(fields, 'pool_element_pe_identifier', hex(element.identifier, 8));
  add(fields, 'pool_element_home_enrp_server_identifier', hex(element.homeRegistrar, 8));
  add(fields, 'pool_element_registration_life', String(element.registrationLife));
  addTransport(fields, element.userTransport);
  addPolicy(fields, element.policy);
  if (element.asapTransport !== undefined) addTransport(fields, element.asapTransport);
}

function addServer(fields: Fields, server: ServerInformation): void {
  add(fields, 'server_information_server_identifier', hex(server.identifier, 8));
  addTransport(fields, server.transport);
}

function addTransport(fields: Fields, transport: UserTransport): void {
  if (transport.protocol === 'opaque' || transport.protocol === 'dccp' || transport.protocol === 'udp-lite') {
    throw new Error(`no captured message has the transport ${transport.protocol}`);
  }
  add(fields, `${transport.protocol}_transport_port`, String(transport.port));
  if (transport.protocol === 'sctp') add(fields, 'transport_use', String(transport.transportUse));
  // The dissector takes the reserved bits of a TCP transport for a Transport Use.
  if (transport.protocol === 'tcp') add(fields, 'transport_use', '0');
  if (transport.protocol === 'udp') add(fields, 'udp_transport_reserved', '0');
  const addresses = transport.protocol === 'sctp' ? transport.addresses : [transport.address];
  for (const address of addresses) {
    add(fields, address.length === 4 ? 'ipv4_address' : 'ipv6_address', formatIpAddress(address));
  }
}

const policyFields: Readonly<Record<string, string>> = {
  weight: 'weight',
  priority: 'priority',
  load: 'load',
  loadDegradation: 'degradation',
  weightDistanceFactor: 'weight_dpf',
  loadDistanceFactor: 'load_dpf',
  distance: 'distance',
};

function addPolicy(fields: Fields, policy: PolicyParameter): void {
  add(fields, 'pool_member_selection_policy_type', hex(policyTypeOf(policy), 8));
  // The dissector does not know this one of the private policies and shows its data as bytes.
  if (policy.type === 'unknown' || policy.type === 'leastUsedWithDegradationDistance') {
    add(fields, 'pool_member_selection_policy_value', colons(encodePolicyParameter(policy).subarray(8)));
    return;
  }
  for (const [name, value] of Object.entries(policy)) {
    const field = policyFields[name];
    if (field === undefined) continue;
    add(fields, `pool_member_selection_policy_${field}`, shownPolicyValue(field, Number(value)));
  }
}

/** The dissector shows loads and degradations in percent, distance penalty factors as fractions of 1. */
function shownPolicyValue(field: string, value: number): string {
  if (field === 'load' || field === 'degradation') return rounded((value / 0xffffffff) * 100);
  if (field.endsWith('dpf')) return rounded(value / 0xffffffff);
  return String(value);
}

function addError(fields: Fields, error: OperationError): void {
  for (const { code, information } of error.causes) {
    add(fields, 'cause_code', hex(code, 4));
    add(fields, 'cause_length', String(4 + information.length));
  }
}

function normalized(field: string, value: string): string {
  const isFraction = field.endsWith('_load') || field.endsWith('_degradation') || field.endsWith('_dpf');
  return isFraction ? rounded(Number(value)) : value;
}

function rounded(value: number): string {
  return value.toFixed(9);
}

function colons(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => bytesToHex(Uint8Array.of(byte))).join(':');
}

function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function add(fields: Fields, name: string, value: string): void {
  const values = fields[name];
  if (values === undefined) fields[name] = [value];
  else values.push(value);
}
