export { checkHistory } from './check-history.js';
