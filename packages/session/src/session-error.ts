import type { ResolutionFailure } from '@rserpool/asap';
import {
  type ErrorCause,
  formatIpAddress,
  formatPoolHandle,
  type PoolElement,
  RserpoolError,
  type RserpoolErrorCode,
} from '@rserpool/wire';
import type { AttemptFailure, SessionFailure } from './machine/attempt-failure.ts';

const resolutionErrors: Readonly<Record<ResolutionFailure, readonly [RserpoolErrorCode, string]>> = {
  unknownPoolHandle: [
    'ERR_RSERPOOL_UNKNOWN_POOL_HANDLE',
    'no registrar knows the pool: no element is registered under this handle',
  ],
  rejected: ['ERR_RSERPOOL_RESOLUTION_REJECTED', 'the registrar refused to resolve the pool handle'],
  timeout: [
    'ERR_RSERPOOL_RESOLUTION_TIMEOUT',
    'no registrar answered in time: check that one runs and is not overloaded',
  ],
  noRegistrar: [
    'ERR_RSERPOOL_NO_REGISTRAR',
    'no registrar could be reached: check the option registrars and that one runs there',
  ],
};

/**
 * The error of a pool handle that could not be resolved.
 *
 * @param poolHandle - The pool.
 * @param reason - Why.
 * @param causes - What the registrar said.
 */
export function resolutionError(
  poolHandle: Uint8Array,
  reason: ResolutionFailure,
  causes: readonly ErrorCause[],
): RserpoolError {
  const [code, text] = resolutionErrors[reason];
  const codes = causes.length === 0 ? '' : ` (error causes ${causes.map((cause) => cause.code).join(', ')})`;
  return new RserpoolError(code, `Pool ${formatPoolHandle(poolHandle)}: ${text}${codes}.`);
}

/** An element as a person reads it: identifier in hex, address and port. */
function describe(element: PoolElement): string {
  const { userTransport } = element;
  const identifier = `0x${element.identifier.toString(16).padStart(8, '0')}`;
  if (userTransport.protocol === 'opaque') return identifier;
  const address = userTransport.protocol === 'sctp' ? userTransport.addresses[0] : userTransport.address;
  return address === undefined
    ? identifier
    : `${identifier} at ${formatIpAddress(address)} port ${userTransport.port}`;
}

function attemptError(poolHandle: Uint8Array, failure: AttemptFailure): RserpoolError {
  switch (failure.kind) {
    case 'resolution':
      return resolutionError(poolHandle, failure.reason, failure.causes);
    case 'element':
      return new RserpoolError(
        'ERR_RSERPOOL_ELEMENT_UNREACHABLE',
        `The pool element ${describe(failure.element)} was lost or could not be reached: ${failure.reason}.`,
      );
    case 'noUsableElement':
      return new RserpoolError(
        'ERR_RSERPOOL_NO_USABLE_ELEMENT',
        `The pool ${formatPoolHandle(poolHandle)} has ${failure.elements} elements, but none over a transport in the option sessionTransports.`,
      );
  }
}

const failureTexts: Readonly<Record<SessionFailure['reason'], string>> = {
  connectTimeout: 'no element could be reached within connectTimeoutMs',
  failoverTimeout: 'no other element could be reached within failoverTimeoutMs',
  tooManyAttempts: 'maximumFailoverAttempts is reached',
  noFailover: 'its element is gone, and the option failover is false',
};

/**
 * The final error of a session; its cause is the error of the last attempt.
 *
 * @param poolHandle - The pool.
 * @param failure - Which bound was reached, and what happened last.
 */
export function sessionError(poolHandle: Uint8Array, failure: SessionFailure): RserpoolError {
  const text = `The session with pool ${formatPoolHandle(poolHandle)} failed after ${failure.attempts} failed attempts: ${failureTexts[failure.reason]}.`;
  return failure.lastAttempt === undefined
    ? new RserpoolError('ERR_RSERPOOL_SESSION_FAILED', text)
    : new RserpoolError('ERR_RSERPOOL_SESSION_FAILED', text, {
        cause: attemptError(poolHandle, failure.lastAttempt),
      });
}
