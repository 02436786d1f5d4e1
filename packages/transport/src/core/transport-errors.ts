import { formatIpAddress, type RemoteEndpoint, RserpoolError } from '@rserpool/wire';

/**
 * A remote endpoint as text, for messages: `192.0.2.1:3863`, `[2001:db8::1]:3863`.
 *
 * @param remote - The endpoint; only its first address appears.
 */
export function describeRemote(remote: RemoteEndpoint): string {
  const address = remote.addresses[0];
  const text = address === undefined ? '?' : formatIpAddress(address);
  return text.includes(':') ? `[${text}]:${remote.port}` : `${text}:${remote.port}`;
}

/** Sending on, or after, a lost or closed association. */
export function associationClosedError(remote: RemoteEndpoint): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_ASSOCIATION_CLOSED',
    `the association to ${describeRemote(remote)} is closed or lost; open a new one`,
  );
}

/** Using an endpoint that was closed. */
export function endpointClosedError(): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_ENDPOINT_CLOSED', 'the endpoint is closed; bind a new one');
}

/** A signal ended an operation. */
export function abortedError(what: string, signal: AbortSignal): RserpoolError {
  return new RserpoolError('ERR_RSERPOOL_ABORTED', `${what} was aborted by its signal`, {
    cause: signal.reason,
  });
}

/**
 * Ends an operation whose signal was aborted already.
 *
 * @param what - What was to be done, for the message.
 * @param signal - The caller's signal.
 * @throws RserpoolError `ERR_RSERPOOL_ABORTED`.
 */
export function throwIfAborted(what: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw abortedError(what, signal);
}

/** A message is longer than the transport takes. */
export function messageTooLongError(length: number, maximum: number): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_MESSAGE_TOO_LONG',
    `a message of ${length} bytes does not fit into ${maximum} bytes; send it in parts`,
  );
}

/** The hard limit of what may wait to be sent. */
export function sendBufferFullError(remote: RemoteEndpoint): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_SEND_BUFFER_FULL',
    `too much waits to be sent to ${describeRemote(remote)}; wait for 'writable' after send() returned false`,
  );
}

/** Nobody listens there, or who does takes no more. */
export function connectionRefusedError(remote: RemoteEndpoint, cause?: unknown): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_CONNECTION_REFUSED',
    `${describeRemote(remote)} accepts no association; check that it runs and that the port is right`,
    { cause },
  );
}

/** No answer in time. */
export function connectTimeoutError(remote: RemoteEndpoint, timeoutMs: number): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_CONNECT_TIMEOUT',
    `no association to ${describeRemote(remote)} within ${timeoutMs} ms; the host may be down or unreachable`,
  );
}

/** A limit of the endpoint is reached. */
export function associationLimitError(limit: string): RserpoolError {
  return new RserpoolError(
    'ERR_RSERPOOL_LIMIT_EXCEEDED',
    `${limit} is reached; close associations or raise the limit`,
  );
}
