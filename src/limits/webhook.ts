import { of } from './limit.js';

const mebibyte = 1024 * 1024;
const connections = 256;
const bytesInFlight = 12 * mebibyte;

/** What any pod may send: the webhook does not know who calls. */
export const webhookLimits = of('admission review', {
  reviewBytes: ['body of a review', 3 * mebibyte, 'bytes', 'answered with 413'],
  reviewDepth: ['nesting of lists and objects', 1_000, 'levels', 'answered with 400'],
  // Each costs the parser thirty times what a character does, and a hundred times when they are in one another.
  reviewValues: ['fields and entries', 100_000, 'entries', 'answered with 400'],
  reviewsInFlightBytes: ['bodies that are being received', bytesInFlight, 'bytes', 'the largest is answered with 503'],
  // Smaller ones are never the largest while there are too many bytes.
  waitingReviewBytes: [
    'a review that waits for its namespace to be seen',
    Math.floor(bytesInFlight / connections),
    'bytes',
    'answered at once: the Build is left unchanged, with a warning',
  ],
  waitingReviews: [
    'reviews that wait for one namespace',
    50,
    'reviews',
    'answered at once: the Build is left unchanged, with a warning',
  ],
  reviewWait: ['wait for a namespace to be seen', 2, 'seconds', 'the Build is left unchanged, with a warning'],
  webhookConnections: [
    'connections to the webhook',
    connections,
    'connections',
    'the one that was idle for longest, of the address with the most, is closed',
  ],
  operationsConnections: [
    'connections to metrics and health',
    64,
    'connections',
    'the one that was idle for longest, of the address with the most, is closed',
  ],
  handshake: ['TLS handshake', 5, 'seconds', 'the connection is closed'],
  requestHead: ['headers of a request', 5, 'seconds', 'answered with 408'],
  request: ['whole request', 10, 'seconds', 'answered with 408'],
});
