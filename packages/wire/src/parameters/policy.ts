import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';
import { policyAt, policyNamed } from './policy-layout.ts';
import type { PolicyParameter, SelectionPolicy } from './selection-policy.ts';

/** Type and length of a policy without data, as on the wire. */
const emptyPolicyHeader = 0x0008_0008;

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
  const end = putPolicy(writer.view, writer.position, policy);
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
 * @param at - Where it begins.
 * @returns Where it ends; -1 where the policy is different, right or wrong.
 */
export function putPolicy(view: DataView, at: number, policy: PolicyParameter): number {
  const known = policyNamed(policy.type);
  if (known === undefined) return -1;
  const { number, layout } = known;
  view.setInt32(at, emptyPolicyHeader + layout.bytes);
  view.setInt32(at + 4, number);
  return layout.put(policy as SelectionPolicy, view, at + 8) ? at + 8 + layout.bytes : -1;
}
