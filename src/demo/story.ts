import { describeChangeSet, describeGit, describeLeftOut, summarizeResult } from '../app/describe.js';
import { type ApplyResult } from '../app/apply.js';
import { demoCluster, writeCluster } from './cluster/index.js';
import { gitLog, organizationList, stateFiles } from './look.js';
import { type Step } from './narrate.js';
import { type Fixture } from './fixture.js';

const options = '--cluster cluster.yaml --integration integration.json --state state.git';

interface Named {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

const inProject = (object: object, project: string): boolean => {
  const { kind, metadata } = object as Named;
  return metadata?.namespace === project || (kind === 'Namespace' && metadata?.name === project);
};

const newStream = {
  apiVersion: 'image.openshift.io/v1',
  kind: 'ImageStream',
  metadata: { name: 'worker', namespace: 'e2e-demo' },
  spec: { lookupPolicy: { local: false } },
  status: { dockerImageRepository: '' },
};

/** The story: a cluster gets its registry, a drift is healed, an application and then a whole project come and go. */
export function story(fixture: Fixture): readonly Step[] {
  const { paths } = fixture;
  const cluster = demoCluster();
  const grown = [...cluster, newStream];
  const shrunk = grown.filter((object) => !inProject(object, 'e2e-demo'));
  const plan = async (): Promise<ApplyResult> => fixture.applyState({ dryRun: true });
  const apply = async (maxDeletions = 0): Promise<ApplyResult> => fixture.applyState({ dryRun: false, maxDeletions });
  return [
    {
      heading: 'A cluster as files, and a simulated Quay',
      command: 'oc get ns,sa,is -A -o yaml > cluster.yaml',
      play: async () => {
        await writeCluster(paths.folder, cluster);
        return [
          `${cluster.length} objects in ${paths.cluster}`,
          `an integration in ${paths.integration}`,
          `a Quay without organizations at ${fixture.quay.url}`,
        ].join('\n');
      },
    },
    {
      heading: 'Every project becomes a document; the plan says what is missing in Git and in Quay',
      command: `quayside plan ${options}`,
      play: async () => {
        const result = await plan();
        return [
          describeLeftOut(result.leftOut),
          result.git && describeGit(result.git),
          describeChangeSet(result.changeSet),
          summarizeResult(result, true),
        ].join('\n\n');
      },
    },
    {
      heading: 'The documents are committed, then applied',
      command: `quayside apply ${options}`,
      play: async () => {
        const result = await apply();
        const { writes, total } = fixture.quay.requests.counts();
        return [
          result.git && describeGit(result.git).split('\n')[0],
          summarizeResult(result, false),
          `${writes} writes and ${total - writes} reads at Quay`,
        ].join('\n');
      },
    },
    {
      heading: 'Nothing has changed, so there is nothing to do',
      command: `quayside plan ${options}`,
      play: async () => brief(await plan(), true),
    },
    {
      heading: 'Somebody deletes a robot and a repository at the web page of Quay: the drift is found and corrected',
      command: `quayside apply ${options}`,
      play: async () => {
        await fixture.ask('DELETE', '/organization/openshift_payments/robots/builder');
        await fixture.ask('DELETE', '/repository/openshift_shop-backend/orders');
        return brief(await apply(), false);
      },
    },
    {
      heading: 'A developer adds an image stream',
      command: `quayside apply ${options}`,
      play: async () => {
        await writeCluster(paths.folder, grown);
        return brief(await apply(), false);
      },
    },
    {
      heading: 'The project is deleted: without --max-deletions its organization is listed and kept',
      command: `quayside apply ${options}`,
      play: async () => {
        await writeCluster(paths.folder, shrunk);
        return brief(await apply(), false);
      },
    },
    {
      heading: 'With --max-deletions 1 it is deleted',
      command: `quayside apply ${options} --max-deletions 1`,
      play: async () => brief(await apply(1), false),
    },
    {
      heading: 'Where to look',
      command: 'git -C state.git log --oneline; git -C state.git ls-tree -r --name-only main',
      play: async () =>
        [
          await gitLog(paths.state),
          await stateFiles(paths.state),
          'Organizations in Quay:',
          await organizationList(fixture),
        ].join('\n\n'),
    },
  ];
}

function brief(result: ApplyResult, dryRun: boolean): string {
  const { git, changeSet } = result;
  return [git && describeGit(git), describeChangeSet(changeSet), summarizeResult(result, dryRun)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');
}
