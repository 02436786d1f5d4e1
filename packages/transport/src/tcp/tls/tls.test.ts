import { readFileSync } from 'node:fs';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls, DEFAULT_CIPHERS, type TLSSocket } from 'node:tls';
import { parseIpAddress } from '@rserpool/wire';
import { afterEach, describe, expect, it } from 'vitest';
import { describeTransportCompliance } from '../../compliance/transport-compliance.ts';
import type { Association, InboundMessage } from '../../contract/association.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { listenRaw } from '../../testing/raw-peer.fixture.ts';
import { createAsapTcpTransport, createFramedTcpTransport } from '../tcp-transport.ts';
import type { CertificateTls, TlsOptions } from './tls-options.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../../testdata/tls/${name}`, import.meta.url), 'utf8');
const authorities = read('authority.pem');
const certificateOf = (name: string): CertificateTls => ({
  authentication: 'certificate',
  certificate: read(`${name}.pem`),
  privateKey: read(`${name}.key`),
});
const trusting: CertificateTls = { authentication: 'certificate', authorities };
const key = new Uint8Array(32).fill(7);
const otherKey = new Uint8Array(32).fill(8);
const shared: TlsOptions = { authentication: 'preSharedKey', identity: 'pool', key };

const loopback = [parseIpAddress('127.0.0.1')];
const message = { data: Uint8Array.of(5, 0, 0, 4), payloadProtocolIdentifier: 11 };
const notAuthenticated = { code: 'ERR_RSERPOOL_NOT_AUTHENTICATED' };
// tcpmux: reserved, and nobody has served it for decades; free ports are taken by tests that run beside this one.
const closedRemote = { addresses: loopback, port: 1 };

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((item) => item.close()));
});

async function listening(tls: TlsOptions, create = createAsapTcpTransport): Promise<Endpoint> {
  const endpoint = await create({ tls, tlsHandshakeTimeoutMs: 60_000 }).bind({ addresses: loopback });
  endpoint.onAssociation = (association) => {
    association.handlers = { message: (received) => void association.send(received) };
  };
  open.push(endpoint);
  return endpoint;
}

async function connected(
  endpoint: Endpoint,
  tls: TlsOptions,
  create = createAsapTcpTransport,
): Promise<Association> {
  const client = await create({ tls }).bind({ listen: false });
  open.push(client);
  return await client.connect({ addresses: loopback, port: endpoint.port });
}

async function echo(association: Association): Promise<InboundMessage> {
  return await new Promise((resolve) => {
    association.handlers = { message: resolve };
    association.send(message);
  });
}

async function handshake(port: number, options: object): Promise<TLSSocket | Error> {
  return await new Promise((resolve) => {
    const socket = connectTls({ port, host: '127.0.0.1', ...options });
    open.push({ close: async () => void socket.destroy() });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', resolve);
  });
}

describeTransportCompliance({
  name: 'framed TCP with TLS',
  describe,
  it,
  expect,
  create: async () => ({
    client: createFramedTcpTransport({ tls: shared }),
    server: createFramedTcpTransport({ tls: shared }),
    closedRemote,
  }),
});

describe('RFC 5352 section 9.2: TLS with pre-shared keys', () => {
  it('authenticates both sides by the same key, and carries messages', async () => {
    const server = await listening(shared, createFramedTcpTransport);
    const association = await connected(server, shared, createFramedTcpTransport);
    expect([...(await echo(association)).data]).toEqual([...message.data]);
  });

  it('accepts an old key while a new one is handed out', async () => {
    const server = await listening({ ...shared, acceptedKeys: new Map([['old', otherKey]]) });
    const association = await connected(server, { ...shared, identity: 'old', key: otherKey });
    expect([...(await echo(association)).data]).toEqual([...message.data]);
  });

  it.each([
    ['another key', { ...shared, key: otherKey }],
    ['an unknown identity', { ...shared, identity: 'nobody' }],
    ['certificates instead', trusting],
  ])('refuses %s', async (_, tls) => {
    const server = await listening(shared);
    await expect(connected(server, tls)).rejects.toMatchObject(notAuthenticated);
  });

  it('shows nothing of a message to who listens on the line', async () => {
    const bytes: number[] = [];
    const wire = await listenRaw(
      (socket) => void socket.on('data', (chunk: Uint8Array) => bytes.push(...chunk)),
    );
    open.push(wire);
    const attempt = connected({ port: wire.remote.port } as Endpoint, shared);
    await expect.poll(() => bytes.length).toBeGreaterThan(5);
    for (const socket of wire.sockets) socket.destroy();
    await expect(attempt).rejects.toMatchObject(notAuthenticated);
    // A TLS handshake record, and no ASAP message.
    expect(bytes[0]).toBe(22);
  });
});

describe('RFC 5352 section 9.2: TLS with certificates', () => {
  it('lets a pool user authenticate a registrar by its address', async () => {
    const server = await listening(certificateOf('registrar'));
    expect([...(await echo(await connected(server, trusting))).data]).toEqual([...message.data]);
  });

  it('lets a pool user authenticate a registrar by its name', async () => {
    const server = await listening(certificateOf('registrar'));
    const association = await connected(server, { ...trusting, serverName: 'registrar.example' });
    expect([...(await echo(association)).data]).toEqual([...message.data]);
  });

  it.each([
    ['the certificate of another host', 'elsewhere', trusting],
    ['the certificate of another name', 'registrar', { ...trusting, serverName: 'other.example' }],
    ['an authority that is not trusted', 'registrar', { authentication: 'certificate' }],
  ] as const)('refuses %s', async (_, name, tls) => {
    const server = await listening(certificateOf(name));
    await expect(connected(server, tls)).rejects.toMatchObject(notAuthenticated);
  });

  it('supports TLS_RSA_WITH_AES_128_CBC_SHA, which RFC 5352 asks for at least', async () => {
    const server = await listening(certificateOf('registrar'));
    const socket = await handshake(server.port, {
      ca: authorities,
      ciphers: 'AES128-SHA',
      maxVersion: 'TLSv1.2',
    });
    expect((socket as TLSSocket).getCipher().standardName).toBe('TLS_RSA_WITH_AES_128_CBC_SHA');
    expect(DEFAULT_CIPHERS).toContain('HIGH');
  });
});

describe('an endpoint with TLS', () => {
  it('gives no association to a peer that speaks without TLS, and drops its connection', async () => {
    const server = await listening(shared);
    const accepted: Association[] = [];
    server.onAssociation = (association) => void accepted.push(association);
    const closed = await new Promise((resolve) => {
      const socket = connectPlain(server.port, '127.0.0.1', () =>
        socket.write(Uint8Array.of(5, 0, 0, 4, 1, 2, 3, 4)),
      );
      socket.on('error', () => undefined);
      socket.once('close', () => resolve(true));
    });
    expect(closed).toBe(true);
    expect(accepted).toEqual([]);
  });

  it('gives up handshakes that are under way when it is closed', async () => {
    const server = await listening(shared);
    const gone = new Promise((resolve) => {
      const socket = connectPlain(server.port, '127.0.0.1', () => void server.close());
      socket.on('error', () => undefined);
      socket.once('close', () => resolve(true));
    });
    expect(await gone).toBe(true);
  });

  it.each([
    ['a short key', { ...shared, key: new Uint8Array(15) }],
    ['a long key', { ...shared, key: new Uint8Array(65) }],
    ['an empty identity', { ...shared, identity: '' }],
    ['a short accepted key', { ...shared, acceptedKeys: new Map([['old', new Uint8Array(1)]]) }],
    ['a certificate without its key', { authentication: 'certificate', certificate: authorities }],
    ['what is no PEM', { authentication: 'certificate', certificate: 'x', privateKey: 'y' }],
  ] as [string, TlsOptions][])('refuses %s when it is made', (_, tls) => {
    expect(() => createFramedTcpTransport({ tls })).toThrow('ERR_RSERPOOL_INVALID_ARGUMENT');
  });
});
