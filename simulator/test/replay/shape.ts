import { isObject } from './pointer.js';
import { type Json } from './scenario.js';

/** The name of an answer's shape: `ok`, or one of the error shapes. */
export function shapeOf(status: number, contentType: string, body: string, parsed: Json | undefined): string {
  if (parsed === null && status === 200) return 'E8';
  if (status < 300) return 'ok';
  if (body === '') return 'empty';
  if (parsed === undefined) return body.trimStart().startsWith('<') ? 'E5' : 'E7';
  if (!isObject(parsed)) return '?';
  if ('error_type' in parsed && 'error_message' in parsed) return 'E1';
  if ('is_readonly' in parsed) return 'E6';
  if ('message' in parsed) return 'E2';
  if ('error' in parsed && contentType.startsWith('text/html')) return 'E3';
  return 'detail' in parsed ? 'E4' : '?';
}
