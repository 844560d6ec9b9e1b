export { codeSpan } from './code-span.js';
export { oneLine, printable } from './printable.js';
