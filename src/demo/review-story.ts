import { type StandIn } from '@quayside/simulator/forge';
import { describeProposal } from '../app/describe-proposal.js';
import { describeChangeSet, describeGit, summarizeResult } from '../app/describe.js';
import { demoCluster, inProject, newStream, writeCluster } from './cluster/index.js';
import { type Fixture } from './fixture.js';
import { type Step } from './narrate.js';

const apply =
  'quayside apply --cluster cluster.yaml --integration integration.json --ownership-key ownership.key --max-deletions 1';

const overlay = `# yaml-language-server: $schema=../schemas/overlay.json
spec:
  robots:
    - { name: ci, description: Builds outside of the cluster }
  repositories:
    - { name: ledger, visibility: public }
`;
const overlayPath = 'clusters/openshift/overlays/payments.yaml';

/** The story: what only adds does not wait; a change is proposed, merged and applied; a deletion is proposed and declined. */
export function reviewStory(fixture: Fixture, forge: StandIn): readonly Step[] {
  const stage = { fixture, forge };
  return [...begin(stage), ...change(stage), ...decline(stage)];
}

interface Stage {
  readonly fixture: Fixture;
  readonly forge: StandIn;
}

function begin({ fixture, forge }: Stage): readonly Step[] {
  return [
    {
      heading: 'A cluster as files, a simulated Quay, and a simulated forge with an empty state repository',
      play: async () => {
        const cluster = demoCluster();
        await writeCluster(fixture.paths.folder, cluster);
        return [
          `${cluster.length} objects in ${fixture.paths.cluster}`,
          `a Quay without organizations at ${fixture.quay.url}`,
          `spec.git of the integration: { url: ${forge.gitUrl}, review: Destructive }`,
        ].join('\n');
      },
    },
    {
      heading: 'What only adds waits for nobody: it is pushed and applied at once',
      command: apply,
      play: () => applied(fixture, false),
    },
  ];
}

function change({ fixture, forge }: Stage): readonly Step[] {
  return [
    {
      heading: 'Anna writes an overlay: a robot more, and a repository that everybody may pull from',
      command: 'git commit --message "Open the ledger" && git push',
      play: () => {
        forge.repository.commit('main', { [overlayPath]: overlay }, 'Open the ledger');
        return Promise.resolve(`${overlayPath}\n\n${overlay}`);
      },
    },
    {
      heading: 'The robot is there at once; the change of what is there is proposed',
      command: apply,
      play: async () => [await applied(fixture), await ledger(fixture), shownRequest(forge, 1)].join('\n\n'),
    },
    {
      heading: 'Anna merges the request, and what the branch holds is applied',
      command: `gh pr merge 1 --squash && ${apply}`,
      play: async () => {
        forge.requests.merge(1, 'squash');
        return [await applied(fixture), await ledger(fixture)].join('\n\n');
      },
    },
  ];
}

function decline({ fixture, forge }: Stage): readonly Step[] {
  const shrunk = demoCluster().filter((object) => !inProject(object, project));
  return [
    {
      heading: 'A project is deleted: that its organization goes with all its images is proposed',
      command: `oc delete project ${project} && ${apply}`,
      play: async () => {
        await writeCluster(fixture.paths.folder, shrunk);
        return [await applied(fixture), await remains(fixture), shownRequest(forge, 2)].join('\n\n');
      },
    },
    {
      heading: 'Anna closes the request without merging it: that is a no, and it is kept in the repository',
      command: `gh pr close 2 && ${apply}`,
      play: async () => {
        forge.requests.close(2);
        return [await applied(fixture), await remains(fixture)].join('\n\n');
      },
    },
    {
      heading: 'A developer adds an image stream: it does not wait for that, and what was refused stays out',
      command: apply,
      play: async () => {
        await writeCluster(fixture.paths.folder, [...shrunk, newStream('shop-backend', 'worker')]);
        const states = forge.requests.all().map(({ number, title, state }) => `#${number} ${title}: ${state}`);
        return [await applied(fixture), await remains(fixture), states.join('\n')].join('\n\n');
      },
    },
  ];
}

const project = 'e2e-demo';

async function applied(fixture: Fixture, inFull = true): Promise<string> {
  const result = await fixture.applyState({ dryRun: false, maxDeletions: 1 });
  const { git, proposal, changeSet } = result;
  const parts = [
    git && describeGit(git).split('\n')[0],
    inFull ? describeChangeSet(changeSet) : '',
    proposal && describeProposal(proposal),
    summarizeResult(result, false),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('\n');
}

async function ledger(fixture: Fixture): Promise<string> {
  const { is_public } = (await fixture.ask('GET', '/repository/openshift_payments/ledger')) as { is_public: boolean };
  return `openshift_payments/ledger is ${is_public ? 'public' : 'private'} in Quay`;
}

async function remains(fixture: Fixture): Promise<string> {
  const { name } = (await fixture.ask('GET', `/organization/openshift_${project}`)) as { name: string };
  return `${name} is still in Quay`;
}

function shownRequest({ requests }: StandIn, number: number): string {
  const { title, body, labels } = requests.one(number);
  return `#${number} ${title} [${labels.join(', ')}]\n\n${body}`;
}
