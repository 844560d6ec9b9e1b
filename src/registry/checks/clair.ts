import { type FaultText } from '../faults.js';
import { type Context, isManaged } from '../settings/context.js';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Clair calls Quay back, and cannot without knowing where; half a pair would be used by nobody. */
export function clairFaults(context: Context): readonly FaultText[] {
  const { files } = context.inputs.bundle;
  if (!isManaged(context, 'clair')) return [];
  const halves = ['clair-ssl.crt', 'clair-ssl.key'].filter((key) => Object.hasOwn(files, key));
  const [half] = halves;
  const missing: FaultText = {
    path: 'SERVER_HOSTNAME',
    source: 'config.yaml',
    message: 'is not known, and Clair cannot tell Quay of new vulnerabilities without it',
    hint: 'Set SERVER_HOSTNAME, or set managed to false for clair.',
    lacking: 'SERVER_HOSTNAME',
  };
  const { config, lines = {} } = context.inputs.bundle;
  const psk = config['SECURITY_SCANNER_V4_PSK'];
  const line = lines['SECURITY_SCANNER_V4_PSK'];
  const noKey: FaultText = {
    path: 'SECURITY_SCANNER_V4_PSK',
    source: 'config.yaml',
    message: 'is no base64, in which Clair reads it',
    hint: 'Make one with: openssl rand -base64 32',
    ...(line !== undefined && { line }),
  };
  const isKey = psk === undefined || psk === '' || (typeof psk === 'string' && base64.test(psk));
  return [
    ...(isKey ? [] : [noKey]),
    ...(context.hostnames.server === undefined ? [missing] : []),
    ...(halves.length === 1 && half !== undefined
      ? [{ path: half, message: 'is half of a pair', hint: 'Give clair-ssl.crt and clair-ssl.key, or neither.' }]
      : []),
  ];
}
