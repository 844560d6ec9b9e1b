import { of } from './limit.js';

const mebibyte = 1024 * 1024;

/** Files that are named on the command line. */
export const fileLimits = of('files of the command line', {
  // An API server takes three of JSON, which may be several times as many in YAML.
  dumpObject: [
    'an object, or a line, of a dump, an integration or a document',
    16 * mebibyte,
    'bytes',
    'the command ends: `InvalidInput`',
  ],
  yamlAliases: ['aliases in a document of a dump', 1_000, 'aliases', 'the command ends: `InvalidInput`'],
  aliasedValues: ['values that its aliases stand for', 1_000_000, 'values', 'the command ends: `InvalidInput`'],
  registryFileBytes: [
    'file with a registry, its bundle, its facts or its manifests',
    16 * mebibyte,
    'bytes',
    'the command ends: `InvalidInput`',
  ],
  registryFileCost: [
    'fields, entries and lines of such a file',
    400_000,
    'entries',
    'the command ends: `InvalidInput`',
  ],
  namedFileBytes: [
    'kubeconfig, token, key, certificate or options',
    mebibyte,
    'bytes',
    'the command ends: `InvalidInput`, or the reason of the file',
  ],
});

/** What Quay, or whoever answers in its place, says. */
export const quayLimits = of('Quay', {
  quayAnswer: ['an answer', 8 * mebibyte, 'bytes', '`UnexpectedAnswer`: nothing is changed'],
  quayPages: ['pages of a list', 1_000, 'pages', '`UnexpectedAnswer`: nothing is changed'],
  quayWords: ["Quay's words in an error", 300, 'characters', 'cut'],
  quayHead: ['wait for the headers of an answer', 30, 'seconds', '`QuayUnreachable`, tried again'],
  quayBody: ['pause inside an answer', 60, 'seconds', '`QuayUnreachable`, tried again'],
});

/** What a forge, or whoever answers in its place, says. */
export const forgeLimits = of('forge', {
  forgeAnswer: ['an answer', 8 * mebibyte, 'bytes', '`ForgeUnavailable`: nothing is changed'],
  forgeWords: ["the forge's words in an error", 300, 'characters', 'cut'],
  hookBytes: ['body of a webhook', 10 * mebibyte, 'bytes', 'answered with 413'],
  hooksInFlightBytes: [
    'bodies of webhooks that are being received',
    24 * mebibyte,
    'bytes',
    'the largest is answered with 503',
  ],
  hookSeconds: ['wait for the body of a webhook', 5, 'seconds', 'answered with 408'],
  hookConnections: [
    'connections that bring webhooks',
    64,
    'connections',
    'the one that was idle for longest, of the address with the most, is closed',
  ],
});
