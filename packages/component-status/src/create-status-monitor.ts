import { createSocket, type Socket } from 'node:dgram';
import { type Clock, realClock } from '@rserpool/transport';
import { addressFromSystem, EventHub, MachineDriver } from '@rserpool/transport/internal';
import { formatIpAddress, type IpAddress, parseIpAddress, RserpoolError } from '@rserpool/wire';
import type { MonitorCounters, MonitorEvent, MonitorInput } from './monitor/monitor-events.ts';
import type { MonitoredComponent } from './monitor/monitored-component.ts';
import { StatusMonitorMachine, type StatusMonitorMachineOptions } from './monitor/status-monitor-machine.ts';
import { statusPort } from './status-port.ts';

/** Options of {@link createStatusMonitor}. */
export interface StatusMonitorOptions extends StatusMonitorMachineOptions {
  /** The local address that reports are received at; every one of IPv4 (`0.0.0.0`) by default. */
  readonly address?: string | IpAddress;
  /** The UDP port, 0 .. 65535, where 0 is any free one; 2960 by default. */
  readonly port?: number;
  /** Time and timers; the real clock by default. */
  readonly clock?: Clock;
}

/** Receives reports and keeps what they say. */
export interface StatusMonitor extends AsyncDisposable {
  /** The UDP port that it receives at. */
  readonly port: number;
  /** The components that it knows, in the order of their identifiers. */
  readonly components: readonly MonitoredComponent[];
  /** What it has counted. */
  readonly counters: MonitorCounters;
  /**
   * Calls a handler with every event.
   *
   * @param handler - What to call; what it throws is reported as an uncaught exception.
   * @returns What removes the handler.
   */
  onEvent(handler: (event: MonitorEvent) => void): () => void;
  /** Stops receiving; never rejects, and may be called again. */
  close(): Promise<void>;
  /** The same as {@link StatusMonitor.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Receives the reports of components by UDP.
 *
 * @param options - Where to receive, limits, times.
 * @throws RserpoolError `ERR_RSERPOOL_INVALID_ARGUMENT` for options out of their range, `ERR_RSERPOOL_ADDRESS_IN_USE`,
 *   `ERR_RSERPOOL_BIND_FAILED`.
 * @example
 * ```ts
 * import { createStatusMonitor } from '@rserpool/component-status';
 *
 * await using monitor = await createStatusMonitor();
 * monitor.onEvent((event) => {
 *   if (event.type === 'timedOut') console.log('silent:', event.component.report.location);
 * });
 * ```
 */
export async function createStatusMonitor(options: StatusMonitorOptions = {}): Promise<StatusMonitor> {
  const { address = '0.0.0.0', port = statusPort, clock = realClock } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RserpoolError(
      'ERR_RSERPOOL_INVALID_ARGUMENT',
      `port is ${port}; it has to be in 0 .. 65535, 0 for any free one`,
    );
  }
  const machine = new StatusMonitorMachine(options);
  const host = formatIpAddress(typeof address === 'string' ? parseIpAddress(address) : address);
  const socket = await bind(host, port);
  return new RunningStatusMonitor(machine, clock, socket);
}

class RunningStatusMonitor implements StatusMonitor {
  readonly port: number;
  readonly #machine: StatusMonitorMachine;
  readonly #driver: MachineDriver<MonitorInput, MonitorEvent>;
  readonly #socket: Socket;
  readonly #events = new EventHub<MonitorEvent>();
  #closing: Promise<void> | undefined;

  constructor(machine: StatusMonitorMachine, clock: Clock, socket: Socket) {
    this.#machine = machine;
    this.#socket = socket;
    this.port = socket.address().port;
    this.#driver = new MachineDriver({ machine, clock, onOutput: (event) => this.#events.emit(event) });
    socket.on('message', (data: Uint8Array, from) => {
      const source = { addresses: [addressFromSystem(from.address)], port: from.port };
      this.#driver.input({ type: 'datagram', data, source });
    });
    // A datagram that cannot be received is lost, as any may be.
    socket.on('error', () => undefined);
  }

  get components(): readonly MonitoredComponent[] {
    return this.#machine.components();
  }

  get counters(): MonitorCounters {
    return this.#machine.counters;
  }

  onEvent(handler: (event: MonitorEvent) => void): () => void {
    return this.#events.onAny(handler);
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#driver.stop();
      this.#socket.close(() => resolve());
    });
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

async function bind(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4' });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind({ address, port }, () => {
        socket.removeListener('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    socket.close();
    const { code, message } = cause as NodeJS.ErrnoException;
    const name = code === 'EADDRINUSE' ? 'ERR_RSERPOOL_ADDRESS_IN_USE' : 'ERR_RSERPOOL_BIND_FAILED';
    const text = `cannot receive status reports at ${address} port ${port}: ${message}; choose another address or port`;
    throw new RserpoolError(name, text, { cause });
  }
  return socket;
}
