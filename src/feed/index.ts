export {
  backTo,
  begin,
  compare,
  type Compared,
  type Counted,
  type Doubt,
  type Everything,
  type FeedState,
  firstDay,
  type Grown,
  isTruncated,
  type Listed,
  take,
} from './feed-state.js';
export { concernsRoles } from './kinds.js';
export { isProvenBy, mostProofRows, rowsOf, seenOwn } from './proof.js';
export { byKind, dayBeside, type DayCount, dayOf, type Entry } from './rows.js';
export { nextSlice, type Sliced, sliceSize } from './slice.js';
