import { describe, expect, it } from 'vitest';
import { OutputQueue } from './output-queue.ts';

describe('the queue of a machine’s outputs', () => {
  it('gives back what was pushed, in that order, also when pushing and taking alternate', () => {
    const queue = new OutputQueue<number>();
    const taken: (number | undefined)[] = [];
    queue.push(1);
    queue.push(2);
    taken.push(queue.take());
    queue.push(3);
    taken.push(queue.take(), queue.take(), queue.take());
    queue.push(4);
    taken.push(queue.take());
    expect(taken).toEqual([1, 2, 3, undefined, 4]);
  });

  it('tells how many wait', () => {
    const queue = new OutputQueue<string>();
    expect(queue.size).toBe(0);
    queue.push('a');
    queue.push('b');
    queue.take();
    expect(queue.size).toBe(1);
  });
});
