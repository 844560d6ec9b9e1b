export {
  type Action,
  type Ban,
  everythingAllowed,
  isPlanOnly,
  noDeletion,
  onlyGrow,
  planOnly,
  type Policy,
  strictest,
} from './policy.js';
export { describeReport, type Outcome, type Report } from './report.js';
