/**
 * The state of a session between a runner and a worker, as the worker hands it out: how many results it has sent, with
 * all elements that served the session before. What was sent needs no further copy at the next worker; which tasks are
 * left is told by the coverage of the cookie, and the runner sends them again.
 */
export interface TaskCookie {
  /** How many results were sent in the session. */
  readonly done: number;
}

const magic = 0x5253_494d;
const cookieBytes = 8;

/**
 * The bytes of a cookie.
 *
 * @param cookie - The state.
 */
export function encodeTaskCookie({ done }: TaskCookie): Uint8Array {
  const view = new DataView(new ArrayBuffer(cookieBytes));
  view.setUint32(0, magic);
  view.setUint32(4, done);
  return new Uint8Array(view.buffer);
}

/**
 * The state in a cookie, or `undefined` where the bytes are no cookie of this service.
 *
 * @param bytes - What came back in an ASAP_COOKIE_ECHO.
 */
export function decodeTaskCookie(bytes: Uint8Array): TaskCookie | undefined {
  if (bytes.length !== cookieBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(0) === magic ? { done: view.getUint32(4) } : undefined;
}
