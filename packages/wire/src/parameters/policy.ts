import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';
import { policyAt, policyNamed } from './policy-layout.ts';
import type {
  LoadDegradationPolicy,
  LoadPolicy,
  PolicyParameter,
  PriorityPolicy,
  SelectionPolicy,
  WeightPolicy,
} from './selection-policy.ts';

type Loads = LoadDegradationPolicy<string>;

/** Type and length of a policy without data, as on the wire. */
export const emptyPolicyHeader = 0x0008_0008;

/**
 * Reads the Pool Member Selection Policy parameter (RFC 5354 section 3.8) that has to stand next. Data beyond what the
 * policy defines is dropped.
 *
 * @returns `undefined` where the reader has noted a failure.
 *
 * ```text
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           Type = 0x8          |       Length = variable       |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Policy Type                          |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * :                      Policy-specific Data                     :
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 */
export function readPolicy(reader: Reader): PolicyParameter | undefined {
  const start = reader.position;
  const policy = policyAhead(reader.words, start, start + reader.left());
  if (policy === undefined || !reader.passAhead(reader.words.getUint16(start + 2), 1, 1))
    return readAnyPolicy(reader);
  return policy;
}

/**
 * Reads a policy that stands further ahead, is known, and has the length that it should have.
 *
 * @param at - Where it begins.
 * @param end - Where its container ends.
 * @returns `undefined` where something else stands there, right or wrong.
 */
export function policyAhead(words: DataView, at: number, end: number): SelectionPolicy | undefined {
  if (end - at < 8) return undefined;
  const known = policyAt(words.getInt32(at + 4));
  if (known === undefined) return undefined;
  const { type, layout } = known;
  if (end - at < 8 + layout.bytes) return undefined;
  if (words.getInt32(at) !== emptyPolicyHeader + layout.bytes) return undefined;
  return layout.read(type, words, at + 8);
}

/** The general way, for policies that are not known, and data that is shorter or longer than it should be. */
function readAnyPolicy(reader: Reader): PolicyParameter | undefined {
  if (!reader.expect(ParameterType.policy) || !reader.need(4)) return undefined;
  const number = reader.u32();
  const known = policyAt(number);
  if (known === undefined) {
    const data = reader.view(reader.left());
    reader.leave();
    return { type: 'unknown', policyType: number, data };
  }
  if (!reader.need(known.layout.bytes)) return undefined;
  const policy = known.layout.read(known.type, reader.words, reader.position);
  reader.leave();
  return policy;
}

/** Writes a Pool Member Selection Policy parameter. */
export function writePolicy(writer: Writer, policy: PolicyParameter): void {
  writer.prepareAhead(longestPutPolicy);
  const end = putPolicy(writer.view, writer.position, policy, policy.type);
  if (end >= 0) writer.passAhead(end);
  else writeAnyPolicy(writer, policy);
}

/** The general way, for policies that are not known, and for saying what is wrong. */
function writeAnyPolicy(writer: Writer, policy: PolicyParameter): void {
  writer.beginParameter(ParameterType.policy, 'policy', -1, undefined);
  if (policy.type === 'unknown') {
    writer.u32(policy.policyType, 'policyType');
    const known = policyAt(policy.policyType);
    if (known !== undefined) {
      throw writer.invalid(
        'policyType',
        `is the number of the policy '${known.type}'; give the policy that type`,
      );
    }
    writer.bytes(policy.data, 'data');
  } else {
    const known = policyNamed(policy.type);
    if (known === undefined) throw writer.invalid('type', `is '${String(policy.type)}', which is no policy`);
    writer.s32(known.number, 'type');
    const words = policy as unknown as Readonly<Record<string, number>>;
    for (const field of known.layout.fields) writer.u32(words[field] as number, field);
  }
  writer.end();
}

/** The most that {@link putPolicy} writes. */
export const longestPutPolicy: number = 8 + 16;

/**
 * Writes a policy that is known where there is room for the longest one.
 *
 * The policies of RFC 5356 are spelled out: elements of many pools come in turn, and each line here meets policies of
 * one shape, where a line for all of them would have to find out anew what it has before it.
 *
 * @param at - Where it begins.
 * @param type - The type of the policy, read only once for the same reason.
 * @returns Where it ends; -1 where the policy is different, right or wrong.
 */
export function putPolicy(
  view: DataView,
  at: number,
  policy: PolicyParameter,
  type: PolicyParameter['type'],
): number {
  switch (type) {
    case 'roundRobin':
      return putHeader(view, at, 1, 0);
    case 'weightedRoundRobin':
      return putWord(view, at, 2, (policy as WeightPolicy<string>).weight);
    case 'random':
      return putHeader(view, at, 3, 0);
    case 'weightedRandom':
      return putWord(view, at, 4, (policy as WeightPolicy<string>).weight);
    case 'priority':
      return putWord(view, at, 5, (policy as PriorityPolicy<string>).priority);
    case 'leastUsed':
      return putWord(view, at, 0x4000_0001, (policy as LoadPolicy<string>).load);
    case 'leastUsedWithDegradation':
      return putWords(view, at, 0x4000_0002, (policy as Loads).load, (policy as Loads).loadDegradation);
    case 'priorityLeastUsed':
      return putWords(view, at, 0x4000_0003, (policy as Loads).load, (policy as Loads).loadDegradation);
    case 'randomizedLeastUsed':
      return putWord(view, at, 0x4000_0004, (policy as LoadPolicy<string>).load);
    default:
      return putPrivate(view, at, policy, type);
  }
}

function putHeader(view: DataView, at: number, number: number, bytes: number): number {
  view.setInt32(at, emptyPolicyHeader + bytes);
  view.setInt32(at + 4, number);
  return at + 8;
}

function putWord(view: DataView, at: number, number: number, word: number): number {
  if (word >>> 0 !== word) return -1;
  const data = putHeader(view, at, number, 4);
  view.setInt32(data, word);
  return data + 4;
}

function putWords(view: DataView, at: number, number: number, first: number, second: number): number {
  if (first >>> 0 !== first || second >>> 0 !== second) return -1;
  const data = putHeader(view, at, number, 8);
  view.setInt32(data, first);
  view.setInt32(data + 4, second);
  return data + 8;
}

function putPrivate(view: DataView, at: number, policy: PolicyParameter, type: string): number {
  const known = policyNamed(type);
  if (known === undefined) return -1;
  const { fields } = known.layout;
  const words = policy as unknown as Readonly<Record<string, number>>;
  let end = putHeader(view, at, known.number, 4 * fields.length);
  for (const field of fields) {
    const word = words[field] as number;
    if (word >>> 0 !== word) return -1;
    view.setInt32(end, word);
    end += 4;
  }
  return end;
}

/**
 * The length of the Policy-specific Data of a policy, in bytes.
 *
 * @param type - The type of the policy.
 * @returns -1 for a type that is not known.
 */
export function policyDataLength(type: PolicyParameter['type']): number {
  switch (type) {
    case 'roundRobin':
    case 'random':
      return 0;
    case 'weightedRoundRobin':
    case 'weightedRandom':
    case 'priority':
    case 'leastUsed':
    case 'randomizedLeastUsed':
      return 4;
    case 'leastUsedWithDegradation':
    case 'priorityLeastUsed':
      return 8;
    default:
      return policyNamed(type)?.layout.bytes ?? -1;
  }
}
