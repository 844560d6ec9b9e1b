export {
  type Adoption,
  type AdoptionFacts,
  decideAdoption,
  isAdoptedFromPredecessor,
  type PredecessorEvidence,
  predecessorRobots,
} from './adoption.js';
export {
  agreedBy,
  agreementKey,
  type AgreementList,
  type AgreementLists,
  agreementLists,
  digestOf,
  type PendingOwnership,
} from './agreement.js';
export { type Expected, strangerIn, upToDate } from './expected.js';
export {
  checkingKeys,
  keyIDOf,
  type OwnershipKeys,
  pemOf,
  publicKeysIn,
  publicPemOf,
  type Signer,
  signingKeys,
} from './keys.js';
export { type Mark, markerTeam, readMark, writeMark } from './mark.js';
export { type OwnersEvidence, strangersAmong } from './owners.js';
export { readRecord, type RecordedContent, signRecord } from './record.js';
export { requesterHash, saysTheSame, winner } from './statement.js';
export { type Claim, judge, ownersMatter, type Verdict, type VerdictFacts } from './verdict.js';
