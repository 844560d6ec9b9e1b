import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TerminalError } from '../../src/errors/index.js';
import { quayAddress } from '../../src/names/index.js';

describe('quayAddress', () => {
  test.each([
    ['https://quay.example.com', 'https://quay.example.com', 'quay.example.com'],
    ['https://quay.example.com/', 'https://quay.example.com', 'quay.example.com'],
    ['quay.example.com', 'https://quay.example.com', 'quay.example.com'],
    ['Quay.Example.com:8443', 'https://quay.example.com:8443', 'quay.example.com:8443'],
    ['https://quay.example.com:443', 'https://quay.example.com:443', 'quay.example.com:443'],
    ['HTTP://localhost:8080', 'http://localhost:8080', 'localhost:8080'],
    ['localhost:8080', 'https://localhost:8080', 'localhost:8080'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000', '127.0.0.1:5000'],
    ['https://[FD00::1]:8443', 'https://[fd00::1]:8443', '[fd00::1]:8443'],
    ['quäy.example', 'https://xn--quy-rla.example', 'xn--quy-rla.example'],
    ['quay_registry.svc', 'https://quay_registry.svc', 'quay_registry.svc'],
  ])('%s is %s, and %s in the names of images', (hostname, url, host) => {
    expect(quayAddress(hostname)).toEqual({ url, host });
  });

  test.each([
    ['', 'is empty'],
    ['https://', 'is empty'],
    ['quay.example.com/api/v1', 'carries a path'],
    ['https://quay.example.com?x=1', 'carries a query'],
    ['https://quay.example.com#x', 'carries a query'],
    [' quay.example.com', 'contains a space'],
    ['quay example.com', 'contains a space'],
    ['quay.example.com\n', 'contains a space'],
    ['ftp://quay.example.com', 'has the scheme ftp'],
    ['quay.example.com:0', 'has a port out of range'],
    ['quay.example.com:70000', 'has a port out of range'],
    ['quay.example.com:', 'is not a host'],
    ['::1', 'is not a host'],
    ['-', 'is not a host'],
    ['999.1.1.1', 'is not a host'],
  ])('%j %s', (hostname, words) => {
    expect(() => quayAddress(hostname)).toThrow(TerminalError);
    expect(() => quayAddress(hostname)).toThrow(
      expect.objectContaining({ code: 'InvalidHostname', message: expect.stringContaining(words) }),
    );
  });

  test('credentials are refused and not repeated', () => {
    expect(() => quayAddress('https://bob:hunter2@quay.example.com')).toThrow(
      expect.objectContaining({ message: 'quayHostname carries credentials' }),
    );
  });

  test('whatever is accepted is one host in lower case, and reading it again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        let address;
        try {
          address = quayAddress(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TerminalError);
          return;
        }
        expect(address.host).toMatch(/^[^/\s@]+$/);
        expect(quayAddress(address.url)).toEqual(address);
        expect(new URL(address.url).pathname).toBe('/');
      }),
    );
  });
});
