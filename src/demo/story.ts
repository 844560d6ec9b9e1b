import { describeChangeSet, describeGit, describeLeftOut, summarizeResult } from '../app/describe.js';
import { type ApplyResult } from '../app/apply.js';
import { demoCluster, inProject, newStream, writeCluster } from './cluster/index.js';
import { gitLog, organizationList, stateFiles } from './look.js';
import { type Step } from './narrate.js';
import { type Fixture } from './fixture.js';

const options = '--cluster cluster.yaml --integration integration.json --state state.git --ownership-key ownership.key';

/** What the steps of the story work with. */
interface Stage {
  readonly fixture: Fixture;
  /** Makes these the objects of the cluster. */
  readonly write: (objects: readonly object[]) => Promise<unknown>;
  readonly plan: () => Promise<ApplyResult>;
  readonly apply: (maxDeletions?: number) => Promise<ApplyResult>;
}

/** The story: a cluster gets its registry, a drift is healed, an application and then a whole project come and go. */
export function story(fixture: Fixture): readonly Step[] {
  const stage: Stage = {
    fixture,
    write: (objects) => writeCluster(fixture.paths.folder, objects),
    plan: () => fixture.applyState({ dryRun: true }),
    apply: (maxDeletions = 0) => fixture.applyState({ dryRun: false, maxDeletions }),
  };
  const cluster = demoCluster();
  const grown = [...cluster, newStream('e2e-demo', 'worker')];
  return [
    ...connect(stage, cluster),
    ...correctDrift(stage),
    ...addImageStream(stage, grown),
    ...deleteProject(
      stage,
      grown.filter((object) => !inProject(object, 'e2e-demo')),
    ),
    ...lookAround(stage),
  ];
}

function connect({ fixture, write, plan, apply }: Stage, cluster: readonly object[]): readonly Step[] {
  const { paths, quay } = fixture;
  return [
    {
      heading: 'A cluster as files, and a simulated Quay',
      command: 'oc get ns,sa,is -A -o yaml > cluster.yaml',
      play: async () => {
        await write(cluster);
        return [
          `${cluster.length} objects in ${paths.cluster}`,
          `an integration in ${paths.integration}`,
          `a key to sign whose organizations are in ${paths.ownershipKey} (quayside ownership create)`,
          `a Quay without organizations at ${quay.url}`,
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
        const { writes, total } = quay.requests.counts();
        return [
          result.git && describeGit(result.git).split('\n')[0],
          summarizeResult(result, false),
          `${writes} writes and ${total - writes} reads at Quay`,
        ].join('\n');
      },
    },
  ];
}

function correctDrift({ fixture, plan, apply }: Stage): readonly Step[] {
  return [
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
  ];
}

function addImageStream({ write, apply }: Stage, grown: readonly object[]): readonly Step[] {
  return [
    {
      heading: 'A developer adds an image stream',
      command: `quayside apply ${options}`,
      play: async () => {
        await write(grown);
        return brief(await apply(), false);
      },
    },
  ];
}

function deleteProject({ write, apply }: Stage, shrunk: readonly object[]): readonly Step[] {
  return [
    {
      heading: 'The project is deleted: without --max-deletions its organization is listed and kept',
      command: `quayside apply ${options}`,
      play: async () => {
        await write(shrunk);
        return brief(await apply(), false);
      },
    },
    {
      heading: 'With --max-deletions 1 it is deleted',
      command: `quayside apply ${options} --max-deletions 1`,
      play: async () => brief(await apply(1), false),
    },
  ];
}

function lookAround({ fixture }: Stage): readonly Step[] {
  const { state } = fixture.paths;
  return [
    {
      heading: 'Where to look',
      command: 'git -C state.git log --oneline; git -C state.git ls-tree -r --name-only main',
      play: async () =>
        [await gitLog(state), await stateFiles(state), 'Organizations in Quay:', await organizationList(fixture)].join(
          '\n\n',
        ),
    },
  ];
}

function brief(result: ApplyResult, dryRun: boolean): string {
  const { git, changeSet } = result;
  return [git && describeGit(git), describeChangeSet(changeSet), summarizeResult(result, dryRun)]
    .filter((part) => part !== undefined && part !== '')
    .join('\n');
}
