import { type FaultText } from '../faults.js';
import { type Context, isManaged } from '../settings/context.js';

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
  };
  return [
    ...(context.hostnames.server === undefined ? [missing] : []),
    ...(halves.length === 1 && half !== undefined
      ? [{ path: half, message: 'is half of a pair', hint: 'Give clair-ssl.crt and clair-ssl.key, or neither.' }]
      : []),
  ];
}
