import { TerminalError } from '../../errors/index.js';

/** The origin of a Quay; refuses whatever is more than scheme, host and port. */
export function quayOrigin(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw invalid(url, 'is no address');
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') throw invalid(url, 'needs http:// or https://');
  if (parsed.username !== '' || parsed.password !== '') throw invalid(parsed.origin, 'carries a user or a password');
  if (parsed.pathname !== '/' || parsed.search !== '' || parsed.hash !== '') {
    throw invalid(parsed.origin, 'carries a path; Quay always lives at the root of its host');
  }
  return parsed.origin;
}

function invalid(url: string, what: string): TerminalError {
  return new TerminalError('InvalidHostname', `Quay's address ${url} ${what}`, {
    hint: 'Write a host, with a port where needed: quay.example.com or quay.example.com:8443.',
  });
}
