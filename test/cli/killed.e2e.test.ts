import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { imageStream, project, Fixture } from '../support/quayside.js';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
  await fixture.cluster(
    project('e2e-demo'),
    imageStream('e2e-demo', 'httpd-example'),
    imageStream('e2e-demo', 'worker'),
  );
});

afterEach(async () => fixture.close());

/** Who are we, what may the token do (two), is the organization there, and the ten writes. */
const calls = 14;

test(`killed with SIGKILL after each of the ${calls} calls of a first apply, the next apply finishes the work`, async () => {
  for (let after = 1; after <= calls; after += 1) {
    const round = await Fixture.open();
    await round.cluster(
      project('e2e-demo'),
      imageStream('e2e-demo', 'httpd-example'),
      imageStream('e2e-demo', 'worker'),
    );
    // Every call takes effect at once and is answered late: the process dies before it knows.
    round.quay.latency(150);
    const running = round.start(['apply', ...round.inputArguments]);
    let over = false;
    void running.finished.then(() => (over = true));
    while (!over && round.quay.requests.counts().total < after) await new Promise((resolve) => setTimeout(resolve, 2));
    running.kill();
    await running.finished;
    expect(round.quay.requests.counts().total).toBe(after);
    round.quay.latency(0);
    const again = await round.run('apply', ...round.inputArguments);
    expect({ after, code: again.code, stderr: again.stderr }).toEqual({ after, code: 0, stderr: '' });
    const plan = await round.run('plan', ...round.inputArguments);
    expect({ after, code: plan.code, stderr: plan.stderr }).toEqual({ after, code: 0, stderr: '' });
    expect(await inside(round)).toEqual(await expected());
    await round.close();
  }
});

async function inside(at: Fixture): Promise<unknown> {
  const { robots } = (await at.ask('GET', '/organization/openshift_e2e-demo/robots')) as { robots: { name: string }[] };
  const { prototypes } = (await at.ask('GET', '/organization/openshift_e2e-demo/prototypes')) as {
    prototypes: { delegate: { name: string }; role: string }[];
  };
  const { repositories } = (await at.ask('GET', '/repository?namespace=openshift_e2e-demo')) as {
    repositories: { name: string }[];
  };
  return {
    robots: robots.map(({ name }) => name).sort(),
    prototypes: prototypes.map(({ delegate, role }) => `${delegate.name} ${role}`).sort(),
    repositories: repositories.map(({ name }) => name).sort(),
  };
}

let undisturbed: unknown;

async function expected(): Promise<unknown> {
  if (undisturbed === undefined) {
    await fixture.run('apply', ...fixture.inputArguments);
    undisturbed = await inside(fixture);
  }
  return undisturbed;
}
