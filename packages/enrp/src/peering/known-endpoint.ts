import type { RemoteEndpoint } from '@rserpool/wire';

/** An endpoint where a registrar is, was, or is configured to be. */
export interface KnownEndpoint {
  /** Its name in timers. */
  readonly key: string;
  /** The endpoint. */
  readonly remote: RemoteEndpoint;
  /** Whether it is configured: such endpoints are never given up. */
  readonly isConfigured: boolean;
  /** Attempts since it was last reached. */
  attempts: number;
  /** Whether an attempt runs. */
  isOpening: boolean;
}
