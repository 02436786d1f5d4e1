import { describe, expect, it, vi } from 'vitest';
import { EventHub } from './event-hub.ts';

type Event =
  | { readonly type: 'up'; readonly id: number }
  | { readonly type: 'down'; readonly reason: string };

describe('the events of a shell', () => {
  it('go to the handlers of their type and to those of every event, in the order of their emission', () => {
    const hub = new EventHub<Event>();
    const seen: string[] = [];
    hub.on('up', ({ id }) => seen.push(`up ${id}`));
    hub.on('down', ({ reason }) => seen.push(`down ${reason}`));
    hub.onAny(({ type }) => seen.push(`any ${type}`));
    hub.emit({ type: 'up', id: 1 });
    hub.emit({ type: 'down', reason: 'power' });
    expect(seen).toEqual(['up 1', 'any up', 'down power', 'any down']);
  });

  it('stop when the handler is removed, and once all are', () => {
    const hub = new EventHub<Event>();
    const seen: number[] = [];
    const remove = hub.on('up', ({ id }) => seen.push(id));
    hub.onAny(() => seen.push(0));
    hub.emit({ type: 'up', id: 1 });
    remove();
    remove();
    hub.emit({ type: 'up', id: 2 });
    hub.clear();
    hub.emit({ type: 'up', id: 3 });
    expect(seen).toEqual([1, 0, 0]);
  });

  it('are not disturbed by a handler that throws: the error comes out later, as an uncaught one', () => {
    const later: (() => void)[] = [];
    vi.stubGlobal('queueMicrotask', (task: () => void) => later.push(task));
    const hub = new EventHub<Event>();
    const seen: number[] = [];
    hub.on('up', () => {
      throw new Error('broken handler');
    });
    hub.on('up', ({ id }) => seen.push(id));
    hub.emit({ type: 'up', id: 7 });
    vi.unstubAllGlobals();
    expect(seen).toEqual([7]);
    expect(later).toHaveLength(1);
    expect(later[0]).toThrow('broken handler');
  });
});
