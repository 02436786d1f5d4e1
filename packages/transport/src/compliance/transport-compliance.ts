import { closingTests } from './closing.ts';
import { connectingTests } from './connecting.ts';
import { deliveryTests } from './delivery.ts';
import { flowTests } from './flow.ts';
import { multiHomingTests } from './multi-homing.ts';
import { testsWith } from './harness.ts';
import type { TransportComplianceOptions } from './suite.ts';

/**
 * Certifies a transport: adds the tests that each has to pass, according to what it declares to support and to the
 * faults that its fixture can provoke. The test framework is passed in.
 *
 * @param options - The framework's functions, and how to make the transport.
 *
 * @example
 * ```ts
 * import { createFramedTcpTransport } from '@rserpool/transport';
 * import { describeTransportCompliance } from '@rserpool/transport/testing';
 * import { describe, expect, it } from 'vitest';
 *
 * describeTransportCompliance({
 *   name: 'framed TCP',
 *   describe,
 *   it,
 *   expect,
 *   create: async () => ({ client: createFramedTcpTransport(), server: createFramedTcpTransport() }),
 * });
 * ```
 */
export function describeTransportCompliance(options: TransportComplianceOptions): void {
  options.describe(`transport compliance: ${options.name}`, () => {
    const test = testsWith(options);
    options.describe('delivery', () => deliveryTests(test, options));
    options.describe('connecting', () => connectingTests(test, options));
    options.describe('closing', () => closingTests(test, options));
    options.describe('flow control', () => flowTests(test, options));
    options.describe('several paths', () => multiHomingTests(test, options));
  });
}
