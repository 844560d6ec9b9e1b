import { type StatePaths } from '../names/index.js';
import { type EditorSchema, editorSchemas, writtenByUs } from './editor-schemas.js';

/** The line by which editors find the schema of a file in `organizations/` or `overlays/`. */
export function schemaComment(schema: EditorSchema, from = '../schemas'): string {
  return `yaml-language-server: $schema=${from}/${schema}.json`;
}

let schemas: readonly (readonly [EditorSchema, string])[] | undefined;

/** The files beside the documents that help people to write: a README, schemas for editors, and the beginning of an overlay. */
export function editorFiles({ readme, schemas: folder }: StatePaths): ReadonlyMap<string, string> {
  schemas ??= [...editorSchemas()].map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`] as const);
  return new Map([
    [readme, readmeText],
    ...schemas.map(([name, text]): [string, string] => [`${folder}/${name}.json`, text]),
    [`${folder}/overlay-template.yaml`, template],
  ]);
}

/** Whether a file that helps people is one that Quayside wrote, as its first lines say. */
export function isEditorFile(content: string): boolean {
  return content.slice(0, 200).includes(writtenByUs);
}

const template = `# ${schemaComment('overlay')}
# ${writtenByUs} copy it to overlays/<namespace>.yaml, and keep the line above.
spec: {}
#  teams:
#    - { name: developers, role: member, members: [alice, bob] }
#  quota: { size: 20Gi, limits: [{ type: Warning, percent: 80 }] }
#  repositories:
#    - { name: httpd-example, visibility: public }
`;

const readmeText = `<!-- ${writtenByUs} without this line, the file is yours and stays as it is. -->

# What Quay holds for this cluster

| File | Whose it is |
| --- | --- |
| \`organizations/<namespace>.yaml\` | rendered by Quayside: changes made here are overwritten |
| \`organizations/<name>.yaml\` without the label \`app.kubernetes.io/managed-by\` | yours: applied as it stands, never rewritten |
| \`overlays/<namespace>.yaml\` | yours: merged over the rendered document |
| \`ignore.yaml\` | yours: \`namespaces\` and \`organizations\` that Quayside leaves alone |
| \`cluster.yaml\` | names the cluster: leave it as it is |
| \`schemas/\` | for editors: written by Quayside |

To change what Quay holds for a namespace, copy \`schemas/overlay-template.yaml\` to \`overlays/<namespace>.yaml\`. Write only what is to be added or different.
An overlay cannot change \`integration\`, \`namespace\`, \`name\`, the pull secrets of robots, or the \`source\` of a repository.

Editors with the YAML language server complete and check a file that begins with a line such as \`# ${schemaComment('overlay')}\`;
in \`ignore.yaml\` it is \`# ${schemaComment('ignore', 'schemas')}\`. \`quayside render --check --state .\` checks all files.
`;
