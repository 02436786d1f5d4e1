import { bytesToHex, decodeUtf8, hexToBytes } from '@rserpool/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePingPongCookie, encodePingPongCookie } from './ping-pong-cookie.ts';
import { decodePingPongPacket, encodePingPongPacket, maximumPingDataBytes } from './ping-pong-packet.ts';

const text = '4e61636872696368743a20312c205a6569747374656d70656c3a2031373935323437363738373034353532';
const ping = `010000370000000000000001${text}`;
const pong = `0200003f00000000000000010000000000000001${text}`;
const number = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

describe('the packets of the PingPong protocol', () => {
  it('are read and written as the reference has them', () => {
    const request = decodePingPongPacket(hexToBytes(ping));
    expect(request).toMatchObject({ type: 'ping', messageNumber: 1 });
    expect(request && decodeUtf8(request.data)).toBe('Nachricht: 1, Zeitstempel: 1795247678704552');
    expect(request && bytesToHex(encodePingPongPacket(request))).toBe(ping);
    const reply = decodePingPongPacket(hexToBytes(pong));
    expect(reply).toMatchObject({ type: 'pong', messageNumber: 1, replyNumber: 1 });
    expect(reply && bytesToHex(encodePingPongPacket(reply))).toBe(pong);
  });

  it('come back as they were sent, whatever the numbers and data', () => {
    fc.assert(
      fc.property(number, number, fc.uint8Array({ maxLength: 300 }), (messageNumber, replyNumber, data) => {
        const request = { type: 'ping', messageNumber, data } as const;
        expect(decodePingPongPacket(encodePingPongPacket(request))).toEqual(request);
        const reply = { type: 'pong', messageNumber, replyNumber, data } as const;
        expect(decodePingPongPacket(encodePingPongPacket(reply))).toEqual(reply);
      }),
    );
  });

  it('may be as long as the answer can be', () => {
    const longest = { type: 'ping', messageNumber: 1, data: new Uint8Array(maximumPingDataBytes) } as const;
    expect(decodePingPongPacket(encodePingPongPacket(longest))).toEqual(longest);
    const tooLong = { ...longest, data: new Uint8Array(maximumPingDataBytes + 1) };
    expect(decodePingPongPacket(encodePingPongPacket(tooLong))).toBeUndefined();
  });

  it.each([
    ['nothing', ''],
    ['a header alone', '01000004'],
    ['a length that is not the message’s', '0100000d0000000000000001'],
    ['a ping without its whole number', '0100000b00000000000000'],
    ['a pong without its whole number', '02000010000000000000000100000000'],
    ['an unknown type', '0300000c0000000000000001'],
    ['a number that cannot be counted to', '0100000cffffffffffffffff'],
    ['a reply that cannot be counted to', '020000140000000000000001ffffffffffffffff'],
  ])('are none where the bytes are: %s', (_, hex) => {
    expect(decodePingPongPacket(hexToBytes(hex))).toBeUndefined();
  });
});

describe('the cookie of the ping-pong service', () => {
  const sent = '3c50502d5444313e0000000000000002';

  it('is byte for byte the one that the reference sent', () => {
    expect(decodePingPongCookie(hexToBytes(sent))).toBe(2);
    expect(bytesToHex(encodePingPongCookie(2))).toBe(sent);
  });

  it.each([
    ['nothing', ''],
    ['cut short', sent.slice(0, -2)],
    ['a byte too many', `${sent}00`],
    ['another mark', sent.replace('5050', '4647')],
    ['a number that cannot be counted to', '3c50502d5444313effffffffffffffff'],
  ])('is none where the bytes are: %s', (_, hex) => {
    expect(decodePingPongCookie(hexToBytes(hex))).toBeUndefined();
  });
});
