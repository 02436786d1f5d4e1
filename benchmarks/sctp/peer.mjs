// One process of a measurement: node peer.mjs IMPLEMENTATION serve|flood|roundTrip LOCAL-UDP REMOTE-UDP PORT [BYTES MS]
// Ports mean to each implementation what they mean to usrsctp-peer.
import { answer, flood, roundTrip } from './workload.mjs';

const [implementation, role, local, remote, port, bytes, ms] = process.argv.slice(2);
const ports = { local: Number(local), remote: Number(remote), port: Number(port) };
const { connect, serve } = await import(`./peers/${implementation}.mjs`);
if (role === 'serve') {
  await serve(ports, answer);
  console.log('ready');
} else {
  const link = await connect(ports);
  const workload = role === 'flood' ? flood : roundTrip;
  console.log(JSON.stringify(await workload(link, Number(bytes), Number(ms))));
  process.exit(0);
}
