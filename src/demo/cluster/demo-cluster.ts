import { applicationStreams } from './application-streams.js';
import { libraryStreams } from './library-streams.js';
import { namespaceObject } from './namespaces.js';
import { projects } from './projects.js';
import { serviceAccounts } from './service-accounts.js';

/** A made-up OpenShift: the objects that `oc get ns,sa,is -A -o yaml` would print of it, in the same order, always the same. */
export function demoCluster(): readonly object[] {
  return [
    ...projects.map(namespaceObject),
    ...projects.flatMap(serviceAccounts),
    ...projects.flatMap((project, index) =>
      project.name === 'openshift' ? libraryStreams() : applicationStreams(project, index),
    ),
  ];
}
