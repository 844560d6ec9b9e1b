interface Named {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

/** Whether an object is a project, or lies in it. */
export function inProject(object: object, project: string): boolean {
  const { kind, metadata } = object as Named;
  return metadata?.namespace === project || (kind === 'Namespace' && metadata?.name === project);
}

/** An image stream as a developer adds it, that nothing was built into yet. */
export function newStream(namespace: string, name: string): object {
  return {
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name, namespace },
    spec: { lookupPolicy: { local: false } },
    status: { dockerImageRepository: '' },
  };
}
