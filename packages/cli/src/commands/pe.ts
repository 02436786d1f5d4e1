import { reportPoolElementStatus } from '@rserpool/component-status';
import { createPoolElement, type LocalPoolElement, type ServedSession } from '@rserpool/session';
import type { Service } from '@rserpool/services';
import { formatIpAddress, formatPoolHandle, formatRemoteEndpoint } from '@rserpool/wire';
import type { Command } from 'commander';
import { registrarDiscovery } from '../options/registrar-discovery.ts';
import { formatIdentifier } from '../options/identifier.ts';
import { statusReporting } from '../options/status.ts';
import { transportOf } from '../options/transport.ts';
import type { Output } from '../output.ts';
import { keepRegistered } from '../pe/keep-registered.ts';
import { addPeOptions, type PeCommandOptions } from '../pe/pe-options.ts';
import { policyForms } from '../pe/policy-option.ts';
import { defaultPoolHandle } from '../pe/service-name.ts';
import { type RunningService, serviceOf } from '../pe/service-of.ts';
import { type EventPrinter, eventPrinter } from '../services/event-printer.ts';

/** How many re-registrations a registration outlives, as in the reference. */
const intervalsPerLife = 3;

/** How long users are waited for that were sent away, in milliseconds. */
const longestDrainMs = 1000;

const examples = `
Policies, and the values of those that have some: WEIGHT and PRIORITY 0 to 4294967295, DEGRADATION and FACTOR 0 to 1
(0 where it is left out):
  ${policyForms.join('\n  ')}
The names of the reference are known as well (WeightedRoundRobin:5, LeastUsedDegradation:0.1).

Names in brackets are those of the reference implementation's rspserver.

Examples:
  rserpool pe --service echo
  rserpool pe --service calcapp --policy leastUsed --capacity 2000000 --maximum-jobs 4
  rserpool pe --service pingpong --policy weightedRoundRobin:5 --failure-after 20
  rserpool pe --service fractal --registrar 192.0.2.1 --registrar 192.0.2.2 --json
  rserpool pe --service echo --profile rsplib --announce --carrier kernel --listen 192.0.2.7:0
`;

/**
 * Adds the command `pe`.
 *
 * @param program - The command line to add it to.
 * @param output - Where to print; its signal ends the pool element.
 */
export function addPe(program: Command, output: Output): void {
  const command = program
    .command('pe')
    .description('run a pool element with one of the reference’s services until it is interrupted')
    .addHelpText('after', examples);
  addPeOptions(command).action(async (options: PeCommandOptions) => runPe(options, output));
}

async function runPe(options: PeCommandOptions, output: Output): Promise<void> {
  const printer = eventPrinter(output, options.json === true);
  await using element = await createElement(options, output.signal);
  const service = serviceOf(options, element, printer);
  const reporting = statusReporting(options, output);
  const { workload } = service;
  await using _reporter =
    reporting &&
    reportPoolElementStatus(element, { ...reporting, ...(workload !== undefined && { workload }) });
  const stop = withRuntime(output.signal, options.runtime);
  announceStart(element, options, printer);
  element.on('sessionRefused', ({ reason }) =>
    printer.print('sessionRefused', { reason }, `a session is refused: ${reason}`),
  );
  const serving = element.serve(told(service.serve, printer), (error) =>
    printer.print('serviceError', { error: String(error) }, `error in a session: ${String(error)}`),
  );
  try {
    await keepRegistered({
      element,
      maximumAttempts: options.registrationAttempts,
      printer,
      signal: stop.signal,
    });
  } finally {
    stop.clear();
    if (Math.random() < options.cleanShutdownProbability) await handBack(element, service);
    await element.close();
    await serving;
    printer.print('ended', {}, 'ended');
  }
}

/** Deregisters before users are sent away, so that they are not sent here again. */
async function handBack(element: LocalPoolElement, { shutDown }: RunningService): Promise<void> {
  if (shutDown === undefined) return;
  const drained = element.drain({ signal: AbortSignal.timeout(longestDrainMs) });
  shutDown();
  try {
    await drained;
  } catch {
    // Users that stay are cut off now.
  }
}

async function createElement(options: PeCommandOptions, signal: AbortSignal): Promise<LocalPoolElement> {
  const { identifier, listen, reregistrationInterval } = options;
  const life =
    options.registrationLife ??
    (reregistrationInterval === undefined ? undefined : intervalsPerLife * reregistrationInterval);
  return await createPoolElement({
    transport: transportOf(options),
    poolHandle: options.poolHandle ?? defaultPoolHandle(options.service),
    policy: options.policy,
    ...registrarDiscovery(options, listen),
    ...(listen !== undefined && { listen }),
    ...(identifier !== undefined && { identifier }),
    ...(life !== undefined && { registrationLifeMs: life }),
    ...(reregistrationInterval !== undefined && {
      asapTiming: { reregistrationIntervalMs: reregistrationInterval },
    }),
    maximumSessions: options.maximumSessions,
    profile: options.profile,
    signal,
  });
}

function announceStart(
  element: LocalPoolElement,
  { service }: PeCommandOptions,
  printer: EventPrinter,
): void {
  const { userTransport, port } = element;
  const addresses = 'addresses' in userTransport ? userTransport.addresses : [];
  const facts = {
    service,
    poolHandle: formatPoolHandle(element.poolHandle),
    identifier: formatIdentifier(element.identifier),
    addresses: addresses.map(formatIpAddress),
    port,
  };
  const where = `${facts.addresses.join(' ')} port ${port}`;
  printer.print(
    'listening',
    facts,
    `${service} element ${facts.identifier} of ${facts.poolHandle} listens: ${where}`,
  );
}

/** Tells of the beginning and the end of each session. */
function told(serve: Service, printer: EventPrinter): Service {
  return async (session: ServedSession) => {
    const { id } = session;
    const remote = formatRemoteEndpoint(session.remote);
    const withCookie = session.restoredState !== undefined;
    const how = withCookie ? ', with the cookie of another element' : '';
    printer.print(
      'sessionStarted',
      { session: id, remote, withCookie },
      `session ${id} of ${remote} begins${how}`,
    );
    try {
      await serve(session);
    } finally {
      printer.print('sessionEnded', { session: id }, `session ${id} ends`);
    }
  };
}

/** A signal that comes with another one, or when a time is over. */
function withRuntime(
  signal: AbortSignal,
  runtimeMs: number | undefined,
): { readonly signal: AbortSignal; readonly clear: () => void } {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const timer = runtimeMs === undefined ? undefined : setTimeout(end, runtimeMs);
  return {
    signal: stop.signal,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    },
  };
}
