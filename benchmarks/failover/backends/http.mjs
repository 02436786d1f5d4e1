// An HTTP server that answers with its process number.
import http from 'node:http';

const server = http.createServer((_, response) => response.end(String(process.pid)));
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
