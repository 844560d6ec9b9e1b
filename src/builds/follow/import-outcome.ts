import { isRecord, objectAt, objectOrEmpty, textOf } from '../../json/index.js';

/** What kept an image from being imported, as far as it shows who has to act. */
export type ImportObstacle = 'Unauthorized' | 'NotFound' | 'Certificate' | 'NotAllowed' | 'LimitExceeded' | 'Other';

/** What became of an import. */
export type ImportOutcome =
  | { readonly result: 'Imported'; readonly digest: string | undefined }
  | { readonly result: 'Failed'; readonly obstacle: ImportObstacle; readonly message: string }
  | { readonly result: 'ImageStreamGone' }
  | { readonly result: 'ImageStreamChanged' }
  | { readonly result: 'NamespaceGone' };

const certificate = /\bx509\b|\bcertificate\b|\btls\b/i;

/** Reads the answer: the API server takes every import, and says inside how it went. */
export function importOutcome(answer: Readonly<Record<string, unknown>>): ImportOutcome {
  const { images } = objectOrEmpty(answer.status);
  const first: unknown = Array.isArray(images) ? images[0] : undefined;
  const { status, image } = objectOrEmpty(first);
  const { status: word, reason, message } = objectOrEmpty(status);
  if (word === 'Success') {
    const { name } = objectAt(image, 'metadata');
    return { result: 'Imported', digest: typeof name === 'string' ? name : undefined };
  }
  const said = textOf(message) ?? 'the answer does not say why';
  return { result: 'Failed', obstacle: isRecord(status) ? obstacleOf(reason, said) : 'Other', message: said };
}

function obstacleOf(reason: unknown, message: string): ImportObstacle {
  if (certificate.test(message)) return 'Certificate';
  // A registry that refuses the credentials themselves is told as an internal error.
  if (reason === 'Unauthorized' || reason === 'Forbidden' || /\bunauthorized: /.test(message)) return 'Unauthorized';
  return reason === 'NotFound' ? 'NotFound' : 'Other';
}

/** What keeps the API server from taking an import at all, by its words. */
export function refusalOf(message: string): ImportObstacle {
  if (/not allowed by (empty )?whitelist/.test(message)) return 'NotAllowed';
  return /exceeds the maximum limit|exceeded quota/.test(message) ? 'LimitExceeded' : 'Other';
}
