export { certificatesIn } from './certificates-in.js';
export { checkPair, type PairInput } from './check-pair.js';
export { covers } from './covers.js';
