import * as BlockField from './block-field.ts';
import { blockEntries } from './block-arena.ts';
import type { ElementReference } from './element-reference.ts';

/**
 * Copies the elements of one block, behind what has been copied before.
 *
 * @param page - The words among which the block lies.
 * @param offset - Where it begins there.
 * @param from - The entry to begin with.
 * @param count - How many elements have been copied before.
 * @param maximum - How many there may be in the end.
 * @param into - Where they go, from index `count` on; nothing behind them is touched.
 * @returns How many elements there are then.
 */
export function copyEntries(
  page: Int32Array,
  offset: number,
  from: number,
  count: number,
  maximum: number,
  into: ElementReference[],
): number {
  const end = page[offset + BlockField.end] as number;
  const first = offset + BlockField.elements + from;
  if (page[offset + BlockField.live] === end) {
    const length = Math.min(end - from, maximum - count);
    // Apart, because a loop that may have to make an array longer is slower for all others.
    if (count + length > into.length) return pushWords(page, first, length, count, into);
    let entry = 0;
    // Four at a time: half of such a short step is spent on going round.
    for (; entry < length - 3; entry += 4) {
      const word = first + entry;
      const index = count + entry;
      into[index] = page[word] as number;
      into[index + 1] = page[word + 1] as number;
      into[index + 2] = page[word + 2] as number;
      into[index + 3] = page[word + 3] as number;
    }
    for (; entry < length; entry += 1) into[count + entry] = page[first + entry] as number;
    return count + length;
  }
  const length = closeUp(page, first, end - from);
  return pushWords(scratch, 0, Math.min(length, maximum - count), count, into);
}

/** What is left of a block without its holes. */
const scratch: Int32Array = new Int32Array(blockEntries + 1);

/** Copies what is left of entries to {@link scratch}, and says how many there are. */
function closeUp(page: Int32Array, first: number, length: number): number {
  let count = 0;
  for (let entry = 0; entry < length; entry += 1) {
    const element = page[first + entry] as number;
    scratch[count] = element;
    // Holes are anywhere: a branch would be guessed wrong half the time.
    count += 1 + (element >> 31);
  }
  return count;
}

function pushWords(
  page: Int32Array,
  first: number,
  length: number,
  count: number,
  into: ElementReference[],
): number {
  for (let entry = 0; entry < length; entry += 1) into[count + entry] = page[first + entry] as number;
  return count + length;
}
