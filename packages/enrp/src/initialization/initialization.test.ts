import { describe, expect, it } from 'vitest';
import { Cluster, eventsOf, viewOf } from '../testing/cluster.fixture.ts';

describe('RFC 5353 section 3.2.2.1: finding the mentor server', () => {
  it('considers itself alone at once when no peer is configured', () => {
    const cluster = new Cluster();
    const node = cluster.start(1);
    expect(node.initializations).toBe(1);
    expect(eventsOf(node, 'initialized')[0]).toMatchObject({ mentor: undefined, poolElements: 0 });
  });
});

describe('start', () => {
  it('downloads', () => {
    const cluster = new Cluster({ transcript: true });
    const a = cluster.start(1);
    cluster.register(a, 'echo', 11);
    cluster.register(a, 'echo', 12);
    const b = cluster.start(2, { peers: [1] });
    cluster.advance(1000);
    console.log(cluster.transcript.join('\n'));
    expect(viewOf(b.handlespace)).toEqual(['echo/11@1', 'echo/12@1']);
    cluster.kill(1);
    cluster.advance(1000);
    console.log(cluster.transcript.slice(-30).join('\n'));
  });
});
