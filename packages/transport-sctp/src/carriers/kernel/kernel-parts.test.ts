import { parseIpAddress } from '@rserpool/wire';
import { createVirtualClock } from '@rserpool/transport';
import { describe, expect, it } from 'vitest';
import { decodeSocketAddress, decodeSocketAddresses, encodeSocketAddress } from '../native/socket-address.ts';
import { decodeNotification } from './notifications.ts';
import { SentMessages } from './sent-messages.ts';
import { SilenceWatch } from './silence-watch.ts';

const ipv4 = parseIpAddress('192.0.2.1');
const ipv6 = parseIpAddress('2001:db8::1');

describe('addresses as the system has them', () => {
  it('are what the ABI says', () => {
    expect(Buffer.from(encodeSocketAddress(ipv4, 3863)).toString('hex')).toBe(
      '02000f17c00002010000000000000000',
    );
    expect(Buffer.from(encodeSocketAddress(ipv6, 3863)).toString('hex')).toBe(
      '0a000f170000000020010db800000000000000000000000100000000',
    );
  });

  it('come back', () => {
    for (const address of [ipv4, ipv6]) {
      const bytes = Buffer.from(encodeSocketAddress(address, 9));
      expect(decodeSocketAddress(bytes, 0)).toEqual({ address, port: 9 });
    }
    const mapped = Buffer.from(encodeSocketAddress(parseIpAddress('::ffff:192.0.2.1'), 9));
    expect(decodeSocketAddress(mapped, 0)?.address).toEqual(ipv4);
    expect(decodeSocketAddress(Buffer.alloc(28), 0)).toBe(undefined);
  });

  it('come as a list, which ends where it is cut', () => {
    const list = Buffer.concat([encodeSocketAddress(ipv6, 9), encodeSocketAddress(ipv4, 9)]);
    expect(decodeSocketAddresses(list, 0, 2)).toEqual([ipv6, ipv4]);
    expect(decodeSocketAddresses(list.subarray(0, 40), 0, 2)).toEqual([ipv6]);
    expect(decodeSocketAddresses(list, 0, 1)).toEqual([ipv6]);
  });
});

describe('RFC 6458 section 6.1: notifications', () => {
  const notification = (type: number, length: number, write: (bytes: Buffer) => void): Buffer => {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt16LE(type, 0);
    write(bytes);
    return bytes;
  };

  it('of an association, with the ABORT that ended it', () => {
    const change = (length: number): unknown =>
      decodeNotification(
        notification(0x8001, length, (bytes) => {
          bytes.writeUInt16LE(1, 8);
          bytes.writeUInt16LE(10, 12);
          bytes.writeInt32LE(7, 16);
        }),
      );
    const common = { type: 'associationChange', state: 1, outboundStreams: 10, association: 7 };
    expect(change(20)).toEqual({ ...common, hasAbort: false });
    expect(change(24)).toEqual({ ...common, hasAbort: true });
    expect(decodeNotification(notification(0x8001, 19, () => undefined))).toBe(undefined);
  });

  it('of an address of the peer', () => {
    const bytes = notification(0x8002, 148, (buffer) => {
      buffer.set(encodeSocketAddress(ipv4, 9), 8);
      buffer.writeInt32LE(1, 136);
      buffer.writeInt32LE(7, 144);
    });
    expect(decodeNotification(bytes)).toEqual({
      type: 'peerAddressChange',
      address: ipv4,
      state: 1,
      association: 7,
    });
  });

  it('of a message that failed, of a shutdown and of an empty queue', () => {
    const failed = notification(0x8003, 60, (bytes) => {
      bytes.writeUInt32LE(5, 24);
      bytes.writeInt32LE(7, 44);
    });
    expect(decodeNotification(failed)).toEqual({ type: 'sendFailed', context: 5, association: 7 });
    const short = (type: number): unknown =>
      decodeNotification(notification(type, 12, (bytes) => bytes.writeInt32LE(7, 8)));
    expect(short(0x8005)).toEqual({ type: 'shutdown', association: 7 });
    expect(short(0x8009)).toEqual({ type: 'senderDry', association: 7 });
    expect(short(0x8008)).toBe(undefined);
    expect(decodeNotification(Buffer.alloc(3))).toBe(undefined);
  });
});

describe('messages that the kernel may still hold', () => {
  const sentMessages = (maximumBytes: number, asked: boolean[] = []) =>
    new SentMessages({ maximumBytes, askWhenDry: (isAsked) => asked.push(isAsked) });
  const message = (length: number) => ({ data: new Uint8Array(length), payloadProtocolIdentifier: 0 });

  it('are told once where they fail', () => {
    const sent = sentMessages(10_000);
    const [first, second] = [message(100), message(200)];
    const contexts = [first, second].map((one) => {
      const context = sent.nextContext;
      sent.add(one);
      return context;
    });
    expect(sent.take(contexts[1] ?? -1)).toBe(second);
    expect(sent.take(contexts[1] ?? -1)).toBe(undefined);
    expect(sent.take(contexts[0] ?? -1)).toBe(first);
  });

  it('are never more than fit into its buffer', () => {
    const sent = sentMessages(1000);
    for (let index = 0; index < 10; index += 1) sent.add(message(136));
    const kept = Array.from({ length: 10 }, (_, context) => sent.take(context) !== undefined);
    expect(kept).toEqual([false, false, false, false, false, true, true, true, true, true]);
  });

  it('make it asked when it holds none, once there are many, and until it has told so', () => {
    const asked: boolean[] = [];
    const sent = sentMessages(1_000_000, asked);
    for (let index = 0; index < 63; index += 1) sent.add(message(1));
    expect(asked).toEqual([]);
    for (let index = 0; index < 10; index += 1) sent.add(message(1));
    expect(asked).toEqual([true]);
    sent.clear();
    expect(asked).toEqual([true, false]);
  });

  it('make it asked once none was sent for a while', () => {
    const asked: boolean[] = [];
    const sent = sentMessages(1_000_000, asked);
    sent.look();
    sent.add(message(1));
    sent.look();
    expect(asked).toEqual([]);
    sent.look();
    sent.look();
    expect(asked).toEqual([true]);
    sent.clear();
    sent.look();
    expect(asked).toEqual([true, false]);
  });

  it('are forgotten when it holds none', () => {
    const sent = sentMessages(1000);
    sent.add(message(1));
    sent.clear();
    expect(sent.take(0)).toBe(undefined);
  });
});

describe('silence of peers of the kernel', () => {
  it('is noticed within the time that is allowed and an eighth, and not before', async () => {
    const clock = createVirtualClock();
    const watch = new SilenceWatch(clock);
    const began = clock.now();
    let noticed: number | undefined;
    watch.add({
      silenceMs: 800,
      signs: () => 5n,
      onLook: () => undefined,
      onSilent: () => {
        noticed = clock.now() - began;
      },
    });
    await clock.advance(799);
    expect(noticed).toBe(undefined);
    await clock.advance(101);
    expect((noticed ?? 0) >= 800 && (noticed ?? 0) <= 900).toBe(true);
  });

  it('does not begin while signs of life come', async () => {
    const clock = createVirtualClock();
    const watch = new SilenceWatch(clock);
    let isSilent = false;
    const watched = {
      silenceMs: 800,
      signs: () => BigInt(Math.floor(clock.now() / 500)),
      onLook: () => undefined,
      onSilent: () => {
        isSilent = true;
      },
    };
    watch.add(watched);
    await clock.advance(10_000);
    expect(isSilent).toBe(false);
    watch.remove(watched);
    await clock.advance(10_000);
    expect(isSilent).toBe(false);
  });
});
