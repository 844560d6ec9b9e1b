import { integrationLabel, managedByLabel, managedByValue, organizationLabel } from '../api/index.js';
import { type Fields, objectOrEmpty, textOf } from '../json/index.js';
import {
  listPath,
  pullSecretRecord,
  pullSecretType,
  type RegistryEntry,
  resourceName,
  resourceTypes,
  type WatchRequest,
} from '../kube/index.js';

/** What is kept of a pull secret. */
export interface PullSecretState {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Those of Quayside; others' labels do not matter. */
  readonly labels: Readonly<Record<string, string>>;
  readonly entries: readonly RegistryEntry[];
}

const ours: readonly string[] = [managedByLabel, integrationLabel, organizationLabel];

/** The pull secrets of all namespaces that carry Quayside's label. */
export const pullSecretWatch: WatchRequest<PullSecretState> = {
  resource: resourceName(resourceTypes.secret),
  path: listPath(resourceTypes.secret),
  labelSelector: `${managedByLabel}=${managedByValue}`,
  fieldSelector: `type=${pullSecretType}`,
  keep: pullSecretState,
  same: isSameSecret,
};

/** What is kept of a Secret as the API server gives it. */
export function pullSecretState(object: Fields): PullSecretState {
  const { labels, ...record } = pullSecretRecord(object);
  return {
    ...record,
    uid: textOf(objectOrEmpty(object.metadata).uid) ?? '',
    labels: Object.fromEntries(Object.entries(labels).filter(([name]) => ours.includes(name))),
  };
}

function isSameSecret(before: PullSecretState, after: PullSecretState): boolean {
  return (
    before.uid === after.uid &&
    ours.every((name) => before.labels[name] === after.labels[name]) &&
    before.entries.length === after.entries.length &&
    before.entries.every((entry, at) => isSameEntry(entry, after.entries[at]))
  );
}

function isSameEntry(before: RegistryEntry, after: RegistryEntry | undefined): boolean {
  return (
    before.host === after?.host &&
    before.username === after.username &&
    before.password.reveal() === after.password.reveal()
  );
}
