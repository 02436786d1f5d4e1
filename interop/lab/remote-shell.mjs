// Runs a command line in the guest, joined to standard input and output: node remote-shell.mjs ADDRESS COMMAND...
import { connect } from 'node:net';

const [host, ...command] = process.argv.slice(2);
const quoted = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(' ');
const socket = connect({ host, port: 7007, noDelay: true }, () => {
  socket.write(`${quoted}\n`);
  process.stdin.pipe(socket);
});
socket.pipe(process.stdout);
socket.on('error', (error) => {
  console.error(`the guest at ${host}: ${error.message}`);
  process.exit(1);
});
socket.on('close', () => process.exit(0));
