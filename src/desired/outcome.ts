import {
  integrationLabel,
  leftOutStreamsAnnotation,
  managedByLabel,
  managedByValue,
  type NamespaceRecord,
  type QuayOrganization,
} from '../api/index.js';
import { limits } from '../limits/index.js';
import { isNamespaceName, organizationName, type StatePaths } from '../names/index.js';
import { derive, type Derivation } from './derive.js';
import { fitting } from './fit-streams.js';
import { grow } from './grow.js';
import { ignores } from './ignore.js';
import { isTooLarge, leftOutStreams, tooLarge, withAnnotation } from './too-large.js';
import { applyOverlay } from './overlay.js';
import { type RenderInput, type RenderProblem } from './rendered.js';
import { readiness } from './selection.js';
import { refused, selected, type Refusal, type SelectionDecision } from './selection-decision.js';

/** What becomes of one namespace's document. */
export type Outcome =
  | { readonly type: 'written'; readonly organization: QuayOrganization; readonly problems: readonly RenderProblem[] }
  /** The previous document stays as it is; where there is none, there still is none. */
  | { readonly type: 'kept'; readonly why: Refusal; readonly problems: readonly RenderProblem[] }
  | { readonly type: 'dropped'; readonly why: Refusal };

/** The input of a render, prepared once for all namespaces. */
export interface Prepared {
  readonly input: RenderInput;
  readonly derivation: Derivation;
  readonly paths: StatePaths;
  readonly select: (namespace: NamespaceRecord) => SelectionDecision;
  readonly streams: (namespace: string) => readonly string[];
  /** How many of its service accounts have no robot, since there are too many. */
  readonly leftOutAccounts: (namespace: string) => number;
  readonly growOnly: boolean;
}

/** Decides about a namespace that was seen. */
export function outcomeOf(prepared: Prepared, record: NamespaceRecord): Outcome {
  const preservation = preserved(prepared, record.name);
  if (!preservation.selected) return { type: 'kept', why: preservation, problems: [] };
  const decision = [prepared.select, isAlive, isUnclaimed(prepared)].reduce<SelectionDecision>(
    (earlier, rule) => (earlier.selected ? rule(record) : earlier),
    selected,
  );
  if (!decision.selected) return dropped(prepared, decision);
  const ready = readiness(record);
  return ready.selected ? written(prepared, record.name) : { type: 'kept', why: ready, problems: [] };
}

/** The document goes, unless nobody knows what else is said of it. */
export function dropped({ input }: Prepared, why: Refusal): Outcome {
  return nothingGoes(input) ? { type: 'kept', why, problems: [] } : { type: 'dropped', why };
}

function nothingGoes({ unread }: Prepared['input']): boolean {
  return unread !== undefined && (unread.folders.length > 0 || unread.nothingGoes === true);
}

/** Whether a document is preserved whatever the cluster says: ignored, or a person's. */
export function preserved({ input, derivation }: Prepared, namespace: string): SelectionDecision {
  if (!isNamespaceName(namespace)) return refused('InvalidInput', 'is not a name that a namespace can have');
  if (ignores(input.ignore, namespace, organizationName(derivation.id, namespace))) {
    return refused('Ignored', 'ignore.yaml lists it');
  }
  const previous = input.previous.get(namespace);
  return previous !== undefined && isPersons(previous)
    ? refused('UserManaged', 'its document in the state repository is a person’s')
    : selected;
}

/** Whether a document was written by a person: it lacks the label of ours. */
export function isPersons({ metadata }: QuayOrganization): boolean {
  return metadata.labels?.[managedByLabel] !== managedByValue || metadata.labels[integrationLabel] === undefined;
}

function isAlive({ terminating }: NamespaceRecord): SelectionDecision {
  return terminating ? refused('NamespaceGone', 'is terminating') : selected;
}

function isUnclaimed({ input }: Prepared): (record: NamespaceRecord) => SelectionDecision {
  return ({ name }) => {
    const other = input.claimed?.get(name);
    return other === undefined ? selected : refused('Conflict', `belongs to the integration ${other}`);
  };
}

function written(prepared: Prepared, namespace: string): Outcome {
  const { input, derivation, paths, streams, growOnly } = prepared;
  const { unread } = input;
  const previous = input.previous.get(namespace);
  const file = unread?.namespaces.get(namespace);
  if (file !== undefined) return uncorrected([unreadFile(namespace, file, paths)]);
  const isUnknown = nothingGoes(input);
  if (isUnknown && previous === undefined && unread?.mayHaveDocument(namespace) === true) {
    return { type: 'kept', why: refused('InputUnknown', 'may have a document that cannot be read'), problems: [] };
  }
  const overlaid = input.overlays.get(namespace);
  const {
    organization: derived,
    unfit,
    leftOut,
  } = fitting(derive(derivation, namespace, streams(namespace)), (fit) => derive(derivation, namespace, fit), {
    overlay: overlaid,
    previous,
  });
  const overlay = applyOverlay(derived, overlaid, { id: derivation.id, source: paths.overlay(namespace) });
  if (!overlay.ok) {
    const problems = overlay.problems.map((problem) => ({ ...problem, namespace, reason: 'OverlayInvalid' as const }));
    return uncorrected(problems);
  }
  const grown = isUnknown ? added(previous, overlay.value) : growOnly ? grow(previous, overlay.value) : overlay.value;
  const organization = asBefore(grown, overlay.value, previous);
  if (isTooLarge(organization)) return uncorrected([tooLarge(namespace, paths)]);
  const problems = [...unfit.map((stream) => unfitStream(namespace, stream)), ...leftOutAccounts(prepared, namespace)];
  if (leftOut === undefined) return { type: 'written', organization, problems };
  return {
    type: 'written',
    organization: withAnnotation(organization, leftOutStreamsAnnotation, leftOut),
    problems: [...problems, { namespace, reason: 'LimitExceeded', path: 'imagestreams', ...leftOutStreams(leftOut) }],
  };
}

function leftOutAccounts({ leftOutAccounts: leftOut }: Prepared, namespace: string): readonly RenderProblem[] {
  const amount = leftOut(namespace);
  if (amount === 0) return [];
  const message = `${amount} service accounts have no robot: by * at most ${limits.serviceAccounts} of a namespace get one`;
  return [{ namespace, reason: 'LimitExceeded', path: 'serviceaccounts', message, hint: 'Name those that matter.' }];
}

function unfitStream(namespace: string, stream: string): RenderProblem {
  return {
    namespace,
    reason: 'InvalidInput',
    path: `imagestream/${stream}`,
    message: 'cannot be the name of a repository, or is too long beside the host of Quay and the organization',
  };
}

/** What is declared stays as it was where what may only grow would be too large with what is new. */
function asBefore(
  grown: QuayOrganization,
  next: QuayOrganization,
  previous: QuayOrganization | undefined,
): QuayOrganization {
  return grown === next || previous === undefined || !isTooLarge(grown) ? grown : { ...next, spec: previous.spec };
}

/** A broken overlay must not narrow what it widened while it was whole, nor a new document start without it. */
function uncorrected(problems: readonly RenderProblem[]): Outcome {
  return { type: 'kept', why: refused('OverlayInvalid', 'its overlay has to be corrected first'), problems };
}

function unreadFile(namespace: string, source: string, paths: StatePaths): RenderProblem {
  const hint = `Move it to ${paths.overlay(namespace)} or ${paths.organization(namespace)}, or delete it.`;
  return {
    namespace,
    reason: 'OverlayInvalid',
    source,
    path: '',
    message: `is not read, and may be for ${namespace}`,
    hint,
  };
}

/** What was declared stays as it was said: its overlay, which may have said it, is not known. */
function added(previous: QuayOrganization | undefined, next: QuayOrganization): QuayOrganization {
  return previous === undefined ? next : grow(next, previous);
}
