import type { EndpointCore } from '../endpoint/endpoint-core.ts';
import type { HmacFunction } from '../sctp-endpoint-options.ts';
import { HmacIdentifier } from '../wire/chunks/auth.ts';

/** The function with an HMAC identifier (RFC 4895 section 3.3); `undefined` where this endpoint has none. */
export function hmacOf(core: EndpointCore, identifier: number): HmacFunction | undefined {
  if (identifier === HmacIdentifier.sha256) return core.options.hmac;
  return identifier === HmacIdentifier.sha1 ? core.options.hmacSha1 : undefined;
}
