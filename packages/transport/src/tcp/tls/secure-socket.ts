import type { Socket } from 'node:net';
import {
  checkServerIdentity,
  connect,
  type ConnectionOptions,
  type PeerCertificate,
  TLSSocket,
} from 'node:tls';
import { formatIpAddress, type IpAddress } from '@rserpool/wire';
import type { TlsSettings } from './tls-settings.ts';

/** The connection below each protected one. */
const carriers: WeakMap<Socket, Socket> = new WeakMap();

/**
 * Puts TLS on a connection that was accepted.
 *
 * @param carrier - The connection.
 * @param settings - How to authenticate.
 * @returns The protected connection; its event `secure` tells that the handshake is over.
 */
export function secureAccepted(carrier: Socket, settings: TlsSettings): TLSSocket {
  const { options, context } = settings;
  const common = { isServer: true, secureContext: context, allowHalfOpen: true };
  // The types know the callback as an option of tls.createServer only, but it is the socket that calls it.
  const socket = new TLSSocket(
    carrier,
    options.authentication === 'preSharedKey'
      ? Object.assign(common, {
          pskCallback: (_: TLSSocket, identity: string) =>
            (identity === options.identity ? options.key : options.acceptedKeys?.get(identity)) ?? null,
        })
      : common,
  );
  carriers.set(socket, carrier);
  return socket;
}

/**
 * Puts TLS on a connection that was opened.
 *
 * @param carrier - The connection.
 * @param address - Where it goes: what the certificate is compared with, unless a name is.
 * @param settings - How to authenticate.
 * @returns The protected connection; its event `secureConnect` tells that the peer is authenticated.
 */
export function secureOpened(carrier: Socket, address: IpAddress, settings: TlsSettings): TLSSocket {
  const socket = connect({
    socket: carrier,
    secureContext: settings.context,
    // tls.connect hands it on to the socket; without it the end of one direction would end both.
    ...{ allowHalfOpen: true },
    ...authenticationOf(address, settings),
  });
  carriers.set(socket, carrier);
  return socket;
}

function authenticationOf(address: IpAddress, { options }: TlsSettings): ConnectionOptions {
  if (options.authentication === 'preSharedKey') {
    const { identity, key } = options;
    return { pskCallback: () => ({ identity, psk: key }), checkServerIdentity: () => undefined };
  }
  const { serverName } = options;
  // An IP address is no server name (RFC 6066 section 3), but it is what the certificate has to have.
  const reference = serverName ?? formatIpAddress(address);
  return {
    ...(serverName === undefined ? {} : { servername: serverName }),
    checkServerIdentity: (_: string, certificate: PeerCertificate) =>
      checkServerIdentity(reference, certificate),
  };
}

/**
 * Resets a connection at once: only that of TCP can be reset, also where TLS lies above it.
 *
 * @param socket - Any socket.
 */
export function resetSocket(socket: Socket): void {
  const carrier = carriers.get(socket);
  if (carrier === undefined) {
    socket.resetAndDestroy();
    return;
  }
  carrier.resetAndDestroy();
  socket.destroy();
}
