import { describe, expect, it } from 'vitest';
import { createStatusMonitor } from './create-status-monitor.ts';
import type { MonitorEvent } from './monitor/monitor-events.ts';
import { startStatusReporter } from './reporter/status-reporter.ts';

describe('reports over UDP', () => {
  it('arrive, and so does the final one', async () => {
    await using monitor = await createStatusMonitor({ address: '127.0.0.1', port: 0 });
    const seen: MonitorEvent['type'][] = [];
    const ended = new Promise<void>((resolve) => {
      monitor.onEvent(({ type }) => {
        seen.push(type);
        if (type === 'ended') resolve();
      });
    });
    const reporter = startStatusReporter(
      { group: 2, object: 7n },
      () => ({ status: 'here', workload: 0.25, associations: [] }),
      { server: `127.0.0.1:${monitor.port}`, intervalMs: 60_000 },
    );
    await reporter.close();
    await ended;
    expect(seen).toEqual(['reported', 'ended']);
    expect(monitor.components).toMatchObject([{ state: 'ended', report: { status: 'here' } }]);
    expect(monitor.counters).toEqual({ reports: 2, malformed: 0, refused: 0 });
  });

  it('need a port that is free, and one that there is', async () => {
    await using monitor = await createStatusMonitor({ address: '127.0.0.1', port: 0 });
    await expect(createStatusMonitor({ address: '127.0.0.1', port: monitor.port })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_ADDRESS_IN_USE',
    });
    await expect(createStatusMonitor({ port: 65_536 })).rejects.toMatchObject({
      code: 'ERR_RSERPOOL_INVALID_ARGUMENT',
    });
  });

  it('that cannot be sent are counted and told of', async () => {
    const failures: string[] = [];
    // A limited broadcast needs a permission that the socket does not have.
    const reporter = startStatusReporter(
      { group: 2, object: 7n },
      () => ({ status: '', workload: undefined, associations: [] }),
      { server: '255.255.255.255', onFailure: ({ code }) => failures.push(code) },
    );
    await reporter.close();
    expect(reporter.counters).toEqual({ reports: 2, failures: 2 });
    expect(failures).toEqual(['ERR_RSERPOOL_STATUS_REPORT_FAILED', 'ERR_RSERPOOL_STATUS_REPORT_FAILED']);
  });
});
