// The least that a webhook can do: reads and parses the body, and allows everything. Prints its port.
import { createServer } from 'node:https';

const { cert, key } = JSON.parse(process.env.BENCH_CERTIFICATE);
const server = createServer({ cert, key, keepAliveTimeout: 120_000 }, (request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const review = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const answer = {
      apiVersion: review.apiVersion,
      kind: review.kind,
      response: { uid: review.request.uid, allowed: true },
    };
    const body = JSON.stringify(answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ webhookPort: server.address().port })}\n`),
);
