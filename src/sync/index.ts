export { readState, type KnownDocuments, type State, type StateDocument } from './read-state.js';
export { checkHistory } from './check-history.js';
