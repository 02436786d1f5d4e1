import { formatIpAddress, parseIpAddress } from '@rserpool/wire';
import { afterEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import type { BindOptions, Endpoint } from '../contract/endpoint.ts';
import { listenRaw } from '../testing/raw-peer.fixture.ts';
import { addressFromSystem, hostAddresses, isLoopback } from '../core/system-addresses.ts';
import { localAddressFor } from './tcp-dialer.ts';
import { createFramedTcpTransport } from './tcp-transport.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const bind = async (options?: BindOptions): Promise<Endpoint> => {
  const endpoint = await createFramedTcpTransport().bind(options);
  cleanups.push(() => endpoint.close());
  return endpoint;
};

const texts = (addresses: readonly Uint8Array[]): string[] =>
  addresses.map((address) => formatIpAddress(address));

describe('binding', () => {
  it('listens at the loopback address, where nothing else is asked for', async () => {
    const endpoint = await bind();
    expect(texts(endpoint.localAddresses)).toEqual(['127.0.0.1']);
    expect(endpoint.port).toBeGreaterThan(0);
  });

  it('listens at several addresses on one port', async () => {
    const addresses = ['127.0.0.1', '127.0.0.2', '::1'].map((address) => parseIpAddress(address));
    const server = await bind({ addresses });
    for (const address of addresses) {
      const client = await bind({ listen: false });
      const association = await client.connect({ addresses: [address], port: server.port });
      expect(association.remote.port).toBe(server.port);
    }
  });

  it('tells its concrete addresses where it is bound to the unspecified one', async () => {
    const endpoint = await bind({ addresses: [parseIpAddress('0.0.0.0')] });
    expect(texts(endpoint.localAddresses)).toEqual(texts(hostAddresses(4)));
    expect(texts(endpoint.localAddresses)).toContain('127.0.0.1');
  });

  it('fails where the address is not of this host, or the port makes no sense', async () => {
    await expect(bind({ addresses: [parseIpAddress('192.0.2.77')] })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_BIND_FAILED',
    });
    await expect(bind({ listen: false, port: 5 })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
    });
    await expect(bind({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_ABORTED',
    });
    await expect(bind({ sendHighWaterMarkBytes: 10, maximumSendBufferBytes: 5 })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
    });
  });

  it('ends with `await using`', async () => {
    let port = 0;
    {
      await using endpoint = await createFramedTcpTransport().bind();
      port = endpoint.port;
    }
    const again = await bind({ port });
    expect(again.port).toBe(port);
  });
});

describe('dialling', () => {
  it('tries one address after another', async () => {
    const server = await bind();
    const client = await bind();
    const association = await client.connect({
      addresses: [parseIpAddress('127.0.0.3'), parseIpAddress('::1'), parseIpAddress('127.0.0.1')],
      port: server.port,
    });
    expect(texts(association.remote.addresses)[0]).toBe('127.0.0.1');
  });

  it('gives each address its share of the time', async () => {
    const clock = createVirtualClock();
    const connected: (() => void)[] = [];
    const waits = [0, 1].map(
      () =>
        new Promise<void>((resolve) => {
          connected.push(resolve);
        }),
    );
    const silent = await listenRaw(() => connected.shift()?.());
    cleanups.push(() => silent.close());
    const endpoint = await createFramedTcpTransport({ clock }).bind();
    cleanups.push(() => endpoint.close());
    const addresses = [parseIpAddress('127.0.0.1'), parseIpAddress('127.0.0.1')];
    const attempt = endpoint.connect({ addresses, port: silent.remote.port }, { timeoutMs: 1000 });
    const code = attempt.then(
      () => 'up',
      (error: { code: string }) => error.code,
    );
    await waits[0];
    await clock.advance(500);
    await waits[1];
    await clock.advance(500);
    expect(await code).toBe('ERR_RSERPOOL_CONNECT_TIMEOUT');
  });

  it('comes from an address that the endpoint is bound to', async () => {
    const server = await bind();
    const client = await bind({ addresses: [parseIpAddress('::1'), parseIpAddress('127.0.0.9')] });
    const accepted = new Promise<string[]>((resolve) => {
      server.onAssociation = ({ remote }) => resolve(texts(remote.addresses));
    });
    await client.connect({ addresses: server.localAddresses, port: server.port });
    expect(await accepted).toEqual(['127.0.0.9', '::1']);
  });

  it('chooses the local address by family and reach', () => {
    const bound = ['192.0.2.1', '127.0.0.1', '::'].map((address) => parseIpAddress(address));
    const chosen = (target: string): string | undefined => {
      const address = localAddressFor(bound, parseIpAddress(target));
      return address === undefined ? undefined : formatIpAddress(address);
    };
    expect(chosen('127.0.0.5')).toBe('127.0.0.1');
    expect(chosen('198.51.100.1')).toBe('192.0.2.1');
    expect(chosen('2001:db8::1')).toBe(undefined);
  });
});

describe('addresses of the system', () => {
  it('lose their zone and their mapping into IPv6', () => {
    expect(formatIpAddress(addressFromSystem('::ffff:192.0.2.1'))).toBe('192.0.2.1');
    expect(formatIpAddress(addressFromSystem('fe80::1%eth0'))).toBe('fe80::1');
  });

  it('have the loopback ones last', () => {
    const all = hostAddresses().map((address) => isLoopback(address));
    expect(all).toEqual([...all].sort((a, b) => Number(a) - Number(b)));
  });
});
