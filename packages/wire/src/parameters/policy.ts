import type { Reader } from '../codec/reader.ts';
import type { Writer } from '../codec/writer.ts';
import { ParameterType } from './parameter-type.ts';
import { policyLayoutOf, policyTypeAt } from './policy-layout.ts';
import { type PolicyParameter, policyTypeNumbers } from './selection-policy.ts';

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
  if (!reader.expect(ParameterType.policy) || !reader.need(4)) return undefined;
  const number = reader.u32();
  const type = policyTypeAt(number);
  if (type === undefined) {
    const data = reader.view(reader.left());
    reader.leave();
    return { type: 'unknown', policyType: number, data };
  }
  const layout = policyLayoutOf(type);
  if (!reader.need(layout.bytes)) return undefined;
  const policy = layout.read(type, reader);
  reader.leave();
  return policy;
}

/** Writes a Pool Member Selection Policy parameter. */
export function writePolicy(writer: Writer, policy: PolicyParameter): void {
  writer.beginParameter(ParameterType.policy, 'policy', -1, undefined);
  if (policy.type === 'unknown') {
    if (policyTypeAt(policy.policyType) !== undefined) {
      const known = policyTypeAt(policy.policyType);
      throw writer.invalid('policyType', `is the number of the policy '${known}'; give the policy that type`);
    }
    writer.u32(policy.policyType, 'policyType');
    writer.bytes(policy.data, 'data');
  } else {
    const number = policyTypeNumbers[policy.type] as number | undefined;
    if (number === undefined) throw writer.invalid('type', `is '${String(policy.type)}', which is no policy`);
    writer.u32(number, 'type');
    policyLayoutOf(policy.type).write(policy, writer);
  }
  writer.end();
}
