import type { ErrorCause } from '../parameters/operation-error.ts';
import { describeParameterType } from '../parameters/parameter-type.ts';
import { policyNames } from '../parameters/policy-names.ts';
import { ErrorCauseCode } from './error-cause-code.ts';
import { errorCauseNames } from './error-cause-names.ts';

/**
 * An error cause in one readable line: its name, and what its information is about.
 *
 * @param cause - Any error cause, known or not; it may come from the network.
 *
 * @example
 * ```ts
 * import { describeErrorCause, inconsistentPoolPolicyCause } from '@rserpool/wire';
 *
 * describeErrorCause(inconsistentPoolPolicyCause({ type: 'roundRobin' }));
 * // 'Inconsistent Pooling Policy (0x5): the pool has the policy Round Robin'
 * ```
 */
export function describeErrorCause(cause: ErrorCause): string {
  const number = `0x${cause.code.toString(16)}`;
  const name = errorCauseNames[cause.code];
  const title = name === undefined ? `error cause ${number}` : `${name} (${number})`;
  const details = describeInformation(cause);
  return details === undefined ? title : `${title}: ${details}`;
}

function describeInformation({ code, information }: ErrorCause): string | undefined {
  const { length } = information;
  if (length === 0) return undefined;
  if (length >= 4) {
    switch (code) {
      case ErrorCauseCode.unrecognizedParameter:
      case ErrorCauseCode.invalidValues:
        return `${describeParameterType(read(information, 0, 2))}, ${length} bytes`;
      case ErrorCauseCode.unrecognizedMessage:
        return `message type 0x${read(information, 0, 1).toString(16)}, ${length} bytes`;
      case ErrorCauseCode.inconsistentPoolPolicy:
        if (length >= 8) return `the pool has the policy ${describePolicyType(read(information, 4, 4))}`;
        break;
      case ErrorCauseCode.inconsistentTransportType:
        return `the pool has the ${describeParameterType(read(information, 0, 2))}`;
      default:
    }
  }
  return length === 1 ? '1 byte of information' : `${length} bytes of information`;
}

function describePolicyType(type: number): string {
  return policyNames[type] ?? `0x${type.toString(16)}`;
}

function read(bytes: Uint8Array, offset: number, count: number): number {
  let value = 0;
  for (let index = offset; index < offset + count; index++) value = value * 256 + (bytes[index] as number);
  return value;
}
