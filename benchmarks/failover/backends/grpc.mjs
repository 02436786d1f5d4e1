// A gRPC server that echoes on streams.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const definition = grpc.loadPackageDefinition(
  loader.loadSync(fileURLToPath(new URL('../echo.proto', import.meta.url))),
);
const server = new grpc.Server();
server.addService(definition.rserpool.benchmark.EchoService.service, {
  Session: (call) => {
    call.on('data', ({ sequence }) => call.write({ sequence, server: process.pid }));
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  },
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(JSON.stringify({ port }));
});
