import { type DecodeError, decodeEnrpMessage, encodeEnrpMessage, seededRandom } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../testing/cluster.fixture.ts';
import { Solo } from '../testing/solo.fixture.ts';

const cause = { code: 2, information: Uint8Array.of(0x7f, 0, 0, 4) };
const reported: DecodeError = {
  code: 'unknown-message',
  offset: 0,
  type: 0x7f,
  messageType: 0x7f,
  action: 'report',
  reason: 'unknown message type',
  cause,
};

describe('RFC 5353 section 3.7: handling unrecognized messages or unrecognized parameters', () => {
  it('reports what has to be reported in an ENRP_ERROR and keeps the association', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    solo.input({ type: 'malformed', association: 9, error: reported });
    expect(solo.sent()).toMatchObject([
      { type: 'ENRP_ERROR', receiverIdentifier: 9, to: 9, error: { causes: [cause] } },
    ]);
    expect(solo.take('close')).toEqual([]);
    expect(solo.machine.counters).toMatchObject({ malformed: 1, errorsReported: 1 });
  });

  it('discards in silence what has to be discarded, and counts it', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    const { cause: _, ...rest } = reported;
    solo.input({ type: 'malformed', association: 9, error: { ...rest, action: 'discard' } });
    expect(solo.sent()).toEqual([]);
    expect(solo.machine.counters.malformed).toBe(1);
  });

  it('reports unrecognized parameters of a message that it processes', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    solo.receive(9, { type: 'ENRP_LIST_REQUEST' }, { reports: [cause] });
    expect(solo.sent().map((message) => message.type)).toEqual(['ENRP_ERROR', 'ENRP_LIST_RESPONSE']);
  });

  it('never answers an ENRP_ERROR with another one', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.sent();
    solo.receive(9, { type: 'ENRP_ERROR', error: { causes: [cause] } }, { reports: [cause] });
    solo.input({ type: 'malformed', association: 9, error: { ...reported, messageType: 0x0a } });
    expect(solo.sent()).toEqual([]);
    expect(solo.events()).toContainEqual({ type: 'errorReceived', peer: 9, causes: [cause] });
  });

  it('leaves its state alone', () => {
    const solo = new Solo().start();
    solo.peer(9);
    solo.update(9, 0, 91);
    const before = [viewOf(solo.handlespace), solo.machine.peers(), solo.machine.nextTimeout()];
    solo.now += 10;
    solo.input({ type: 'malformed', association: 9, error: reported });
    expect([viewOf(solo.handlespace), solo.machine.peers(), solo.machine.nextTimeout()]).toEqual(before);
  });

  it('survives any bytes, and messages with any bits flipped', () => {
    const valid = [
      encodeEnrpMessage({ type: 'ENRP_LIST_REQUEST', senderIdentifier: 9, receiverIdentifier: 0 }),
      encodeEnrpMessage({
        type: 'ENRP_TAKEOVER_SERVER',
        senderIdentifier: 9,
        receiverIdentifier: 0,
        targetIdentifier: 8,
      }),
      encodeEnrpMessage({
        type: 'ENRP_PRESENCE',
        senderIdentifier: 9,
        receiverIdentifier: 0,
        replyRequired: true,
        checksum: 7,
      }),
    ];
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 20 }),
        (seed, inputs) => {
          const random = seededRandom(seed);
          const solo = new Solo().start();
          solo.peer(8);
          for (const garbage of inputs) {
            const bytes = (valid[random() % 4] ?? garbage).slice();
            for (let flips = random() % 6; flips > 0 && bytes.length > 0; flips -= 1) {
              const at = random() % bytes.length;
              bytes[at] = (bytes[at] ?? 0) ^ (1 << (random() % 8));
            }
            const decoded = decodeEnrpMessage(bytes);
            const association = 8 + (random() % 3);
            if (decoded.ok) {
              solo.input({
                type: 'message',
                association,
                message: decoded.message,
                reports: decoded.reports,
              });
            } else {
              solo.input({ type: 'malformed', association, error: decoded.error });
            }
            solo.advance(random() % 40_000);
          }
          expect(solo.machine.peers().length).toBeLessThanOrEqual(256);
        },
      ),
      { numRuns: 300, seed: 37 },
    );
  });
});
