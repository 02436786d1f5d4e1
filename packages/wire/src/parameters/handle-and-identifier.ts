import { messageHeader } from '../codec/words.ts';
import { putPoolElementIdentifier } from './pool-element-identifier.ts';
import { putPoolHandle } from './pool-handle.ts';

/**
 * Writes a message of a pool handle and a PE Identifier where there is room for the longest such one.
 *
 * @param start - Where it begins.
 * @returns Where it ends; -1 where only the general way will do.
 */
export function putHandleAndIdentifier(
  view: DataView,
  start: number,
  messageType: number,
  flags: number,
  poolHandle: Uint8Array,
  identifier: number,
): number {
  let end = putPoolHandle(view, start + 4, poolHandle);
  if (end >= 0) end = putPoolElementIdentifier(view, end, identifier);
  if (end >= 0) view.setInt32(start, messageHeader(messageType, flags, end - start));
  return end;
}
