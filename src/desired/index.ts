export { grow } from './grow.js';
export { ignores, parseIgnore, type Ignore } from './ignore.js';
export { labelSelection } from './label-selection.js';
export { listSelection } from './list-selection.js';
export { accountRoles, type AccountRole, robotsFor, roleOfOthers } from './matrix.js';
export { isPersons } from './outcome.js';
export { render, unknownInputs } from './render.js';
export {
  type LeftOut,
  type RenderedDocument,
  type RenderInput,
  type Rendering,
  type RenderProblem,
  type Unread,
} from './rendered.js';
export { leftOutStreams } from './too-large.js';
export { readiness, selection } from './selection.js';
export { type Refusal, type SelectionDecision } from './selection-decision.js';
export { conflicts, type DocumentConflict, type LocatedDocument } from './conflicts.js';
export { editorFiles, isEditorFile, schemaComment } from './editor-files.js';
export { clusterOfDocuments } from './cluster-of-documents.js';
export { overlayFaults } from './overlay.js';
export { documentProblems, type DocumentContext, type DocumentProblem } from './document-problems.js';
