import { expect, test } from '@jest/globals';
import { parseListenAddress } from '../../src/process/index.js';

test.each([
  [':8080', { port: 8080 }],
  ['8080', { port: 8080 }],
  [':0', { port: 0 }],
  ['127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
  ['localhost:65535', { host: 'localhost', port: 65_535 }],
  ['[::1]:8080', { host: '::1', port: 8080 }],
  ['[::]:8080', { host: '::', port: 8080 }],
])('%s is an address to listen on', (text, address) => {
  expect(parseListenAddress(text)).toEqual(address);
});

test.each([
  '',
  ':',
  'localhost',
  '::1:8080',
  '[::1]',
  '[localhost]:1',
  ':65536',
  ':-1',
  ':8o80',
  'http://a:80',
  'a b:1',
])('the listen address %j is refused with an example', (text) => {
  expect(() => parseListenAddress(text)).toThrow(/is no address to listen on \(write :8080, .*\[::1\]:8080\)$/);
});
