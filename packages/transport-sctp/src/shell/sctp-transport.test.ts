import { existsSync } from 'node:fs';
import { RserpoolError } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import type { SctpTransportOptions } from './sctp-transport-options.ts';
import { createSctpTransport } from './sctp-transport.ts';

const errorOf = (options: unknown): RserpoolError | undefined => {
  try {
    createSctpTransport(options as SctpTransportOptions);
    return undefined;
  } catch (error) {
    if (RserpoolError.is(error)) return error;
    throw error;
  }
};

describe('createSctpTransport', () => {
  it('takes UDP and offers groups where nothing is said', () => {
    const transport = createSctpTransport();
    expect([transport.name, transport.carrier]).toEqual(['sctp-udp', 'udp']);
    expect(transport.groups === undefined).toBe(false);
    expect(createSctpTransport({ groups: false }).groups).toBe(undefined);
  });

  it.each([
    [{ carrier: 'pigeon' }, "carrier is 'pigeon'"],
    [{ parameters: { rtoMinMs: 0 } }, 'parameters.rtoMinMs'],
    [{ parameters: { sackDelayMs: 501 } }, 'parameters.sackDelayMs'],
    [{ parameters: { maximumPacketBytes: 1233 } }, 'parameters.maximumPacketBytes'],
    [{ parameters: { rtoMimMs: 1 } }, 'parameters.rtoMimMs is no parameter'],
    [{ closeTimeoutMs: 0 }, 'closeTimeoutMs'],
    [{ encapsulationPort: 'udp' }, 'encapsulationPort'],
  ])('refuses %j', (options, text) => {
    const error = errorOf(options);
    expect(error?.code).toBe('ERR_RSERPOOL_INVALID_ARGUMENT');
    expect(error?.message).toContain(text);
  });

  it("says what to do where the kernel's SCTP is not there, and takes UDP where it may choose", () => {
    const error = errorOf({ carrier: 'kernel' });
    const transport = createSctpTransport({ carrier: 'auto' });
    if (error === undefined) {
      expect([transport.name, transport.carrier, transport.whyNotKernel]).toEqual([
        'sctp-kernel',
        'kernel',
        undefined,
      ]);
      return;
    }
    expect(error.code).toBe('ERR_RSERPOOL_CARRIER_UNAVAILABLE');
    expect(error.message).toMatch(/modprobe sctp|npm install koffi|are for Linux|know no/);
    expect(error.message).toContain("the carrier 'udp'");
    expect([transport.name, transport.carrier]).toEqual(['sctp-udp', 'udp']);
    expect(transport.whyNotKernel?.message).toBe(error.message);
  });

  it.runIf(existsSync('/proc/net/sctp'))('does not do over raw IP what the kernel would abort', () => {
    expect(errorOf({ carrier: 'raw' })?.message).toContain("take the carrier 'kernel'");
  });
});
