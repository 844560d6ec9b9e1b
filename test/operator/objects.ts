/** The part of our objects that the tests look at. */
export interface Reported {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly generation: number;
    readonly resourceVersion: string;
    readonly deletionTimestamp?: string;
    readonly finalizers?: readonly string[];
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: Status;
}

interface Status {
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
  readonly robots?: readonly { readonly name: string; readonly ready: boolean; readonly linked: boolean }[];
  readonly origin?: string;
  readonly organizations?: number;
  readonly lastPublishedCommit?: string;
  readonly lastAppliedCommit?: string;
  readonly plan?: Readonly<Record<string, unknown>>;
  readonly held?: { readonly organizations?: HeldNames; readonly repositories?: HeldNames };
  readonly deletions?: { readonly organizations?: readonly string[] };
  readonly drift?: { readonly found?: number };
  readonly [field: string]: unknown;
}

interface HeldNames {
  readonly hash: string;
  readonly names?: readonly string[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** A condition of an object; all of them stand in the complaint when it is missing. */
export function conditionOf({ status }: Reported, type: string): Condition {
  const found = status?.conditions?.find((condition) => condition.type === type);
  if (found === undefined) throw new Error(`no condition ${type} in ${JSON.stringify(status)}`);
  return found;
}

/** Demands that it is Ready as it stands now, and has every robot linked whose service account should be there. */
export function demandReady(object: Reported): void {
  const { metadata, status } = object;
  const { status: ready } = conditionOf(object, 'Ready');
  const isCurrent = status?.observedGeneration === metadata.generation;
  if (ready !== 'True' || !isCurrent) throw new Error(`${metadata.name} is not ready: ${JSON.stringify(status)}`);
}

/** A namespace as OpenShift sets one up, with the service accounts that its controllers would add to `default`. */
export function project(name: string, labels: Readonly<Record<string, string>>): readonly object[] {
  const account = (of: string): object => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: of, namespace: name },
  });
  const annotations = {
    'openshift.io/display-name': '',
    'openshift.io/description': '',
    'openshift.io/sa.scc.mcs': 's0:c26,c15',
  };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } };
  return [namespace, account('builder'), account('deployer')];
}

export function imageStream(namespace: string, name: string): object {
  return {
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name, namespace },
    spec: { lookupPolicy: { local: false } },
  };
}

/** A Secret as text. */
export function secret(namespace: string, name: string, stringData: Readonly<Record<string, string>>): object {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}
