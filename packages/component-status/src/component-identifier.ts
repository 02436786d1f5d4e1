/** The kinds of components that report. Others may come with other numbers, 0 .. 255. */
export const ComponentGroup = { registrar: 1, poolElement: 2, poolUser: 3 } as const;

/** Names a component: what it is, and which one. */
export interface ComponentIdentifier {
  /** One of {@link ComponentGroup}, or another number of 8 bits. */
  readonly group: number;
  /**
   * Which one, in 56 bits: the identifier of the registrar or of the pool element, a random number of a pool user. 0
   * stands for one that is not known.
   */
  readonly object: bigint;
}

const objectBits = 56n;
const objectMask = (1n << objectBits) - 1n;

/**
 * The 64 bits of an identifier in a report.
 *
 * @param identifier - Its group and object; more bits than they have are cut off.
 */
export function packIdentifier({ group, object }: ComponentIdentifier): bigint {
  return (BigInt(group & 0xff) << objectBits) | (object & objectMask);
}

/**
 * The identifier that 64 bits of a report are.
 *
 * @param bits - 64 bits.
 */
export function unpackIdentifier(bits: bigint): ComponentIdentifier {
  return { group: Number((bits >> objectBits) & 0xffn), object: bits & objectMask };
}

const groupNames: ReadonlyMap<number, string> = new Map([
  [ComponentGroup.registrar, 'registrar'],
  [ComponentGroup.poolElement, 'pool element'],
  [ComponentGroup.poolUser, 'pool user'],
]);

/**
 * What a group is called: `registrar`, `pool element`, `pool user`, or `group` with its number.
 *
 * @param group - Its number.
 */
export function componentGroupName(group: number): string {
  return groupNames.get(group) ?? `group ${group}`;
}

/**
 * An object's number as the RFCs' tools print identifiers: `0x` and at least eight hexadecimal digits.
 *
 * @param object - Its number.
 */
export function formatComponentObject(object: bigint): string {
  return `0x${object.toString(16).padStart(8, '0')}`;
}
