import { reportPoolUserStatus } from '@rserpool/component-status';
import type { PoolUser, Session, SessionEvent } from '@rserpool/session';
import { formatRemoteEndpoint, type PoolElement } from '@rserpool/wire';
import type { Command } from 'commander';
import { formatIdentifier } from '../options/identifier.ts';
import { addPoolUserOptions, type PoolUserCommandOptions, poolUserOf } from '../options/pool-user.ts';
import { addStatus, type StatusCommandOptions, statusReporting } from '../options/status.ts';
import type { Output } from '../output.ts';
import { type EventPrinter, eventPrinter } from '../services/event-printer.ts';

/** The options that all commands of pool users have. */
export interface PuCommandOptions extends PoolUserCommandOptions, StatusCommandOptions {
  readonly poolHandle: string;
  readonly json?: true;
}

/**
 * Adds the options of {@link PuCommandOptions}.
 *
 * @param command - The command.
 * @param poolHandle - The pool by default.
 */
export function addPuOptions(command: Command, poolHandle: string): Command {
  command.optionsGroup('The client:').option('--pool-handle <handle>', 'the pool [-poolhandle]', poolHandle);
  command.option('--json', 'print one JSON object an event');
  addStatus(command);
  return addPoolUserOptions(command.optionsGroup('How registrars and elements are found and reached:'));
}

/**
 * Runs a client with a pool user, and prints what happens in its sessions.
 *
 * @param options - The options of the command.
 * @param output - Where to print; its signal ends the client.
 * @param payloadProtocolIdentifier - What its sessions carry, for status reports; 0 for none.
 * @param run - The client.
 */
export async function withPoolUser(
  options: PuCommandOptions,
  output: Output,
  payloadProtocolIdentifier: number,
  run: (user: PoolUser, printer: EventPrinter) => Promise<void>,
): Promise<void> {
  await using user = await poolUserOf(options, true);
  const reporting = statusReporting(options, output);
  await using _reporter =
    reporting && reportPoolUserStatus(user, { ...reporting, payloadProtocolIdentifier });
  await run(user, eventPrinter(output, options.json === true));
}

/**
 * Opens the session of a client; interrupting ends the search for an element.
 *
 * @param user - The pool user.
 * @param options - The options of the command.
 * @param output - Its signal gives up.
 * @param printer - Is told what happens.
 */
export async function openSession(
  user: PoolUser,
  options: PuCommandOptions,
  output: Output,
  printer: EventPrinter,
): Promise<Session> {
  return await user.connect(options.poolHandle, {
    // What was under way when an element was lost goes to the next one.
    resend: 'sinceCookie',
    signal: output.signal,
    onEvent: (event) => printSessionEvent(event, printer),
  });
}

/**
 * Prints what happens in a session, as far as it concerns its user.
 *
 * @param event - What happened.
 * @param printer - Where to.
 */
export function printSessionEvent(event: SessionEvent, printer: EventPrinter): void {
  switch (event.type) {
    case 'connected': {
      const element = elementFacts(event.element);
      printer.print('connected', element, `element ${element.element} at ${element.at}`);
      break;
    }
    case 'elementLost': {
      const { element } = elementFacts(event.element);
      const { reason } = event;
      printer.print('elementLost', { element, reason }, `element ${element} is lost: ${reason}`);
      break;
    }
    case 'failoverComplete': {
      const [from, to] = [elementFacts(event.from).element, elementFacts(event.to).element];
      const { withCookie, durationMs, attempts } = event;
      const how = withCookie ? 'with the cookie' : 'without a cookie';
      const text = `failover from ${from} to ${to} ${how} in ${durationMs.toFixed(1)} ms`;
      printer.print('failover', { from, to, withCookie, durationMs, attempts }, text);
      break;
    }
    case 'retry':
      printer.print(
        'retry',
        { attempt: event.attempt, delayMs: event.delayMs },
        `no element can be reached, attempt ${event.attempt}; the next in ${event.delayMs.toFixed(0)} ms`,
      );
      break;
    default:
  }
}

function elementFacts({ identifier, userTransport }: PoolElement): { element: string; at: string } {
  const element = formatIdentifier(identifier);
  if ('addresses' in userTransport) return { element, at: formatRemoteEndpoint(userTransport) };
  return { element, at: userTransport.protocol };
}
