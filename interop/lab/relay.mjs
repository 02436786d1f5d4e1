// Joins connections to a local socket with the guest's shell: node relay.mjs SOCKET HOST PORT
// It runs in the namespace that the guest is in, so that programs outside of it get there without a process for each.
import { connect, createServer } from 'node:net';

const [path, host, port] = process.argv.slice(2);
const server = createServer({ allowHalfOpen: true }, (local) => {
  const guest = connect({ host, port: Number(port), noDelay: true, allowHalfOpen: true });
  for (const [from, to] of [
    [local, guest],
    [guest, local],
  ]) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
});
server.listen(path, () => console.log('listening'));
