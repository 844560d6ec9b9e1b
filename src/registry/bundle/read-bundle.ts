import { faultsOf, type FaultText } from '../faults.js';
import { type Bundle } from '../inputs.js';
import { parseConfig, type ParsedConfig, secretBytes } from './parse-config.js';

/** A Secret as it is read: of a cluster, or of a file. */
export interface SecretData {
  readonly data?: Readonly<Record<string, string>> | null | undefined;
  readonly stringData?: Readonly<Record<string, string>> | null | undefined;
}

/** Reads a bundle Secret; `undefined` is a Secret that is not there. It never throws. */
export function readBundle(name: string, secret: SecretData | undefined): Bundle {
  const { files, binary } = contentsOf(secret);
  const config = readFile('config.yaml', files, binary);
  const clairConfig = readFile('clair-config.yaml', files, binary);
  const size = sizeOf({ ...files, ...binary });
  const faults = [
    ...missing(secret, files, binary),
    ...notBase64(secret),
    ...misnamed([...Object.keys(files), ...Object.keys(binary)]),
    ...(config?.faults ?? []).map((fault) => inFile('config.yaml', fault)),
    ...(clairConfig?.faults ?? []).map((fault) => inFile('clair-config.yaml', fault)),
    ...tooLarge(size),
  ];
  return {
    secret: name,
    config: config?.values ?? {},
    ...readable(secret, config),
    ...(clairConfig && { clairConfig: clairConfig.values }),
    files,
    binary,
    lines: config?.lines ?? {},
    faults: faults.map(faultsOf(`Secret/${name}`)),
  };
}

function readable(secret: SecretData | undefined, config: ParsedConfig | undefined): Pick<Bundle, 'unread'> {
  return secret === undefined || config?.unread === true ? { unread: true } : {};
}

/** Says in which key of the Secret a fault is. */
function inFile(source: string, fault: FaultText): FaultText {
  return { ...fault, source };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function contentsOf(secret: SecretData | undefined): Required<Pick<Bundle, 'files' | 'binary'>> {
  const files: Record<string, string> = {};
  const binary: Record<string, string> = {};
  for (const [key, content] of Object.entries(secret?.data ?? {})) {
    try {
      if (isBase64(content)) files[key] = utf8.decode(Buffer.from(content, 'base64'));
      else binary[key] = content;
    } catch {
      binary[key] = content;
    }
  }
  return { files: { ...files, ...secret?.stringData }, binary };
}

function readFile(
  key: string,
  files: Readonly<Record<string, string>>,
  binary: Readonly<Record<string, string>>,
): ParsedConfig | undefined {
  const text = files[key];
  if (text !== undefined) return parseConfig(text);
  if (binary[key] === undefined) return undefined;
  if (!isBase64(binary[key])) return { values: {}, faults: [], unread: true, lines: {} };
  const fault = { path: '', message: 'is not UTF-8', hint: 'Write the file as UTF-8 text.' };
  return { values: {}, faults: [fault], unread: true, lines: {} };
}

function missing(secret: SecretData | undefined, ...contents: readonly object[]): readonly FaultText[] {
  if (secret === undefined) {
    const hint = 'Create it, or name another in spec.configBundleSecret.';
    return [{ path: '', message: 'does not exist', hint }];
  }
  const keys = contents.flatMap((each) => Object.keys(each));
  if (keys.includes('config.yaml')) return [];
  const hint = "Put Quay's configuration into the key config.yaml of this Secret.";
  return [{ path: '', message: keys.length === 0 ? 'is empty' : 'has no key config.yaml', hint }];
}

/** The API server would refuse it, and nobody knows what it was meant to say. */
function notBase64(secret: SecretData | undefined): readonly FaultText[] {
  return Object.entries(secret?.data ?? {})
    .filter(([, content]) => !isBase64(content))
    .map(([key]) => ({
      path: '',
      source: key,
      message: 'is not base64, as what stands under data has to be',
      hint: 'Encode it, or move it to stringData.',
    }));
}

function isBase64(text: string): boolean {
  return !/[^A-Za-z0-9+/=\s]/.test(text);
}

/** The API server takes no other names for the keys of a Secret. */
function misnamed(keys: readonly string[]): readonly FaultText[] {
  const hint = 'Use letters, digits, dashes, dots and underscores, at most 253 in all.';
  return keys
    .filter((key) => !/^[-._a-zA-Z0-9]{1,253}$/.test(key))
    .slice(0, 20)
    .map((key) => ({ path: key, message: 'cannot be the name of a key in a Secret', hint }));
}

/** The bytes of the contents of a Secret. */
export function sizeOf(contents: Readonly<Record<string, string>>): number {
  return Object.values(contents).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** What is wrong with a Secret of that many bytes. */
export function tooLarge(bytes: number): readonly FaultText[] {
  if (bytes <= secretBytes) return [];
  const message = `would hold ${bytes} bytes; the API server takes at most ${secretBytes}`;
  return [{ path: '', message, hint: 'Take files out of the bundle, or make them smaller.' }];
}
