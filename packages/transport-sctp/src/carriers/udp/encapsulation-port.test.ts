import { parseIpAddress, RserpoolError } from '@rserpool/wire';
import { describe, expect, it } from 'vitest';
import { type EncapsulationPort, encapsulationRule } from './encapsulation-port.ts';

const ipv4 = parseIpAddress('192.0.2.1');
const ipv6 = parseIpAddress('2001:db8::1');

const codeOf = (option: unknown): string => {
  try {
    encapsulationRule(option as EncapsulationPort);
    return 'none';
  } catch (error) {
    return RserpoolError.is(error) ? error.code : String(error);
  }
};

describe('RFC 6951: which UDP port carries SCTP', () => {
  it('is 9899 for everybody where nothing is said', () => {
    const rule = encapsulationRule();
    expect([rule.local, rule.remote(ipv4, 3863), rule.remote(ipv6, 9901)]).toEqual([9899, 9899, 9899]);
  });

  it('is the SCTP port where that is the rule', () => {
    const rule = encapsulationRule('sctp-port');
    expect([rule.local, rule.remote(ipv4, 3863), rule.remote(ipv6, 9901)]).toEqual(['sctp-port', 3863, 9901]);
  });

  it('is looked up by address and port, then by address, then for all others', () => {
    const rule = encapsulationRule({
      local: 'sctp-port',
      remote: {
        '192.0.2.1:3863': 1001,
        '192.0.2.1': 1002,
        '[2001:db8::1]:3863': 'sctp-port',
        '2001:db8::1': 1003,
      },
      others: 1004,
    });
    expect(rule.local).toBe('sctp-port');
    expect([rule.remote(ipv4, 3863), rule.remote(ipv4, 9901)]).toEqual([1001, 1002]);
    expect([rule.remote(ipv6, 3863), rule.remote(ipv6, 9901)]).toEqual([3863, 1003]);
    expect(rule.remote(parseIpAddress('192.0.2.2'), 3863)).toBe(1004);
  });

  it('is 9899 where a map says nothing', () => {
    const rule = encapsulationRule({ remote: {} });
    expect([rule.local, rule.remote(ipv4, 3863)]).toEqual([9899, 9899]);
  });

  it.each([0, 65_536, 1.5, Number.NaN, 'sctp', { remote: { '192.0.2.1': 0 } }, { local: -1, remote: {} }])(
    'is not %j',
    (option) => {
      expect(codeOf(option)).toBe('ERR_RSERPOOL_INVALID_ARGUMENT');
    },
  );
});
