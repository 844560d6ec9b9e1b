import { describe, expect, test } from '@jest/globals';
import { proxyFor } from '../../src/proxy/index.js';

const proxy = 'http://proxy.example.com:3128';
const shownFor = (address: string, noProxy = '', more: Record<string, string> = {}): string | undefined =>
  proxyFor(address, { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, NO_PROXY: noProxy, ...more })?.shown;

describe('R6: a proxy', () => {
  test('R6: is that of the scheme, and there is none without a variable', () => {
    const environment = { HTTPS_PROXY: 'http://secure:1', http_proxy: 'http://plain:2' };
    expect(proxyFor('https://quay.example.com', environment)).toMatchObject({ shown: 'http://secure:1' });
    expect(proxyFor('http://quay.example.com', environment)).toMatchObject({ variable: 'http_proxy' });
    expect(proxyFor('http://quay.example.com', { HTTPS_PROXY: proxy, HTTP_PROXY: ' ' })).toBeUndefined();
    expect(proxyFor('https://quay.example.com', {})).toBeUndefined();
  });

  test('R6: may stand without a scheme, and its login is not shown', () => {
    expect(shownFor('https://quay.example.com', '', { HTTPS_PROXY: 'proxy:3128' })).toBe('http://proxy:3128');
    const found = proxyFor('https://quay.example.com', { HTTPS_PROXY: 'https://ada:c4n4ry@proxy:3128' });
    expect(found).toEqual({
      url: 'https://ada:c4n4ry@proxy:3128/',
      shown: 'https://proxy:3128',
      variable: 'HTTPS_PROXY',
    });
  });

  test('R6: of the kind SOCKS is refused with what works instead', () => {
    const read = (): unknown =>
      proxyFor('https://quay.example.com', { HTTPS_PROXY: 'socks5h://ada:c4n4ry@proxy:1080' });
    expect(read).toThrow('HTTPS_PROXY names a SOCKS proxy, which only git and a kubeconfig can use');
    expect(read).not.toThrow(/c4n4ry/);
  });

  test.each(['http://', 'http://ada:c4n4ry@pr oxy:1', 'ftp://proxy'])(
    'R6: %j is refused by the name of its variable alone',
    (value) => {
      const read = (): unknown => proxyFor('https://quay.example.com', { https_proxy: value });
      expect(read).toThrow('https_proxy is not the address of a proxy');
      expect(read).not.toThrow(/c4n4ry|socks5/);
    },
  );
});

describe('R6: NO_PROXY', () => {
  test.each([
    ['https://quay.example.com', 'example.com'],
    ['https://example.com', 'example.com'],
    ['https://quay.example.com', '.example.com'],
    ['https://quay.example.com', '*.example.com'],
    ['https://QUAY.Example.com.', 'a.b , Example.COM.'],
    ['https://quay.example.com', 'other quay.example.com:443'],
    ['https://quay.example.com:8443', 'quay.example.com:8443'],
    ['https://172.30.0.1', '10.0.0.0/8,172.30.0.0/16'],
    ['https://172.30.0.1:6443', '172.30.0.1'],
    ['https://[fd00:10:96::1]', 'fd00:10:96::/112'],
    ['https://[fd00:10:96::1]:443', '[fd00:10:96::1]:443'],
    ['https://anything.example.com', 'x,*'],
    ['https://registry.svc', '.svc,.cluster.local'],
    ['https://localhost:1', ''],
    ['http://127.9.9.9', ''],
    ['https://[::1]:8443', ''],
  ])('R6: %s is called directly under %j', (address, noProxy) => {
    expect(shownFor(address, noProxy)).toBeUndefined();
  });

  test.each([
    ['https://example.com', '.example.com'],
    ['https://notexample.com', 'example.com'],
    ['https://quay.example.com', 'quay'],
    ['https://quay.example.com:8443', 'quay.example.com:443'],
    ['https://172.31.0.1', '172.30.0.0/16'],
    ['https://172.30.0.1', '172.30.0.0/99,172.30.0.0/x,fd00::/8'],
    ['https://q10.0.example.com', '10.0.0.0/8'],
    ['https://10.0.0.10', '0.0.10'],
    ['https://quay.example.com', ',, ,'],
  ])('R6: %s goes through the proxy under %j', (address, noProxy) => {
    expect(shownFor(address, noProxy)).toBe('http://proxy.example.com:3128');
  });

  test('R6: the lower case of a variable counts first, also when it is empty', () => {
    expect(shownFor('https://quay.example.com', '*', { no_proxy: '' })).toBe('http://proxy.example.com:3128');
    expect(shownFor('https://quay.example.com', '', { https_proxy: 'http://lower:1' })).toBe('http://lower:1');
  });
});
