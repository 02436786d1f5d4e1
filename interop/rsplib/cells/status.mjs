// The component status protocol, both ways. It has no carrier: the reports are datagrams.
import { expect, ourRegistrar, registeredElement, theirRegistrar, theirServer } from '../parties.mjs';

const [registrarIdentifier, elementIdentifier] = [0x12000001, 0x22000001];

/** `rserpool monitor` shows their registrar, their server and its end. */
async function ourMonitor(scope) {
  const monitor = await scope.command('m1', ['monitor', '--listen', 'ADDRESS:2960', '--json']);
  const status = [`-cspserver=${monitor.address}:2960`, '-cspinterval=500'];
  const registrar = await theirRegistrar(scope, 'r1', { identifier: registrarIdentifier, options: status });
  const server = await theirServer(scope, 'p1', 'echo', {
    registrar,
    options: [`-identifier=0x${elementIdentifier.toString(16)}`, ...status],
  });
  const isOf = (identifier, test) => (line) => {
    const text = JSON.stringify(line);
    return text.includes(identifier) && test.test(text);
  };
  await monitor.told(isOf('12000001', /1\[1\] PEs? in 1 Pools?/));
  await monitor.told(isOf('22000001', /0 Sessions/));
  server.kill('INT');
  await monitor.told(isOf('22000001', /"(type|event)":"ended"/));
}

/** cspmonitor shows our registrar and our element. */
async function theirMonitor(scope) {
  const monitor = await scope.their('m1', ['cspmonitor', '-localaddress=ADDRESS:2960', '-compact']);
  const status = `${monitor.address}:2960`;
  const registrar = await ourRegistrar(scope, 'r1', { identifier: registrarIdentifier, status });
  await registeredElement(
    scope,
    'p1',
    { registrars: [registrar.asap], status },
    { identifier: elementIdentifier, poolHandle: 'EchoPool' },
  );
  await monitor.told(/PR \$12000001/);
  await monitor.told(/1\[1\] PE/);
  await monitor.told(/PE \$22000001/);
  expect(!monitor.hasEnded, 'their monitor is there');
}

export const status = {
  'rserpool monitor shows rspregistrar and rspserver': ourMonitor,
  'cspmonitor shows our registrar and element': theirMonitor,
};
