import { formatIpAddress, parseIpAddress, parseRemoteEndpoint } from '@rserpool/wire';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addLocal, localAddressesFor } from './local-addresses.ts';

describe('the addresses that a command speaks from', () => {
  it('are those that lead to whom it asks, each once', async () => {
    const remotes = [parseRemoteEndpoint('127.0.0.1:9901'), parseRemoteEndpoint('127.0.0.1:9902')];
    const addresses = await localAddressesFor({}, remotes);
    expect(addresses?.map(formatIpAddress)).toEqual(['127.0.0.1']);
  });

  it('are those that are named', async () => {
    const local = [parseIpAddress('192.0.2.1')];
    expect(await localAddressesFor({ local }, [parseRemoteEndpoint('127.0.0.1:9901')])).toBe(local);
  });

  it('are the transport’s choice where nobody is known', async () => {
    expect(await localAddressesFor({}, [])).toBeUndefined();
  });

  it('are a list of addresses in digits', () => {
    const command = addLocal(
      new Command().exitOverride().configureOutput({ writeErr: () => undefined }),
      'some',
    );
    command.parse(['--local', '192.0.2.1,2001:db8::1'], { from: 'user' });
    const { local } = command.opts<{ local: readonly Uint8Array[] }>();
    expect(local.map(formatIpAddress)).toEqual(['192.0.2.1', '2001:db8::1']);
    expect(() => command.parse(['--local', 'here'], { from: 'user' })).toThrow(/allowed are IPv4 and IPv6/u);
  });
});
