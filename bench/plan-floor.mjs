// The least that a plan can do: parses the dump, makes the same calls to Quay and parses the answers.
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

const [dump, origin] = process.argv.slice(2);
const inFlight = 8;
const pool = new Pool(origin, { connections: inFlight });
const headers = { accept: 'application/json', authorization: `Bearer ${process.env.QUAYSIDE_QUAY_TOKEN}` };

async function read(path) {
  const { body } = await pool.request({ method: 'GET', path: `/api/v1/${path}`, headers });
  return body.json();
}

const { items } = JSON.parse(readFileSync(dump, 'utf8'));
const projects = items.filter(({ kind, metadata }) => kind === 'Namespace' && metadata.name.startsWith('project-'));
const organizations = projects.map(({ metadata }) => `openshift_${metadata.name}`);
const { username } = await read('user/');
// What the token may do shows in the namespace of its owner.
await read(`organization/${username}/prototypes`);
await read(`repository/${username}/quayside-asks-for-scopes/permissions/user/`);
await Promise.all(
  Array.from({ length: inFlight }, async () => {
    for (let name = organizations.pop(); name !== undefined; name = organizations.pop()) {
      await read(`organization/${name}`);
      await read(`organization/${name}/prototypes`);
      await read(`repository?namespace=${name}`);
      await read(`organization/${name}/robots?permissions=true&token=false`);
    }
  }),
);
await pool.close();
