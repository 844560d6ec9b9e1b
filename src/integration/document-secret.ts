import { documentSecretLabel, secretOrganizationsAnnotation, secretUsesAnnotation } from '../api/index.js';
import { TerminalError } from '../errors/index.js';
import { type SecretObject } from '../kube/index.js';
import { matchesGlob } from '../names/index.js';
import { type SecretUse } from '../plan/index.js';
import { type IntegrationSecrets, keptFor } from './own-secrets.js';

/** Who wants to use a Secret of the operator's namespace, and what for. */
export interface SecretWish {
  readonly namespace: string;
  readonly name: string;
  readonly organization: string;
  readonly use: SecretUse;
}

/** Why a document may not have a Secret; undefined when that Secret itself says that it may. */
export function secretRefusal(
  wish: SecretWish,
  secret: Pick<SecretObject, 'labels' | 'annotations' | 'type'>,
  integrations: IntegrationSecrets,
): TerminalError | undefined {
  const what = `Secret ${wish.namespace}/${wish.name}`;
  const integration = integrations.get(`${wish.namespace}/${wish.name}`);
  const kept = integration === undefined ? keptFor(wish.name, secret) : `belongs to QuayIntegration ${integration}`;
  if (kept !== undefined) {
    const hint = 'Put what the document needs into another Secret.';
    return new TerminalError('SecretNotAllowed', `${what} ${kept}: no document may use it, labelled or not`, { hint });
  }
  const { lacks, label, annotations } = lacking(wish, secret);
  if (lacks.length === 0) return undefined;
  const where = `secret ${wish.name} -n ${wish.namespace}`;
  const commands = [
    ...(label ? [`kubectl label ${where} ${documentSecretLabel}=true --overwrite`] : []),
    ...(annotations.length > 0 ? [`kubectl annotate ${where} ${annotations.join(' ')} --overwrite`] : []),
  ];
  return new TerminalError('SecretNotAllowed', `${what} may not be used: ${lacks.join(', ')}`, {
    hint: `Whoever owns it allows it with: ${commands.join(' && ')}`,
  });
}

function lacking(
  { organization, use }: SecretWish,
  { labels, annotations: said }: Pick<SecretObject, 'labels' | 'annotations'>,
): { readonly lacks: readonly string[]; readonly label: boolean; readonly annotations: readonly string[] } {
  const label = labels[documentSecretLabel] !== 'true';
  const lacks = label ? [`it lacks the label ${documentSecretLabel}=true`] : [];
  const annotations: string[] = [];
  const demand = (annotation: string, wanted: string, allows: (entry: string) => boolean): void => {
    const entries = listIn(said[annotation]);
    if (entries.some(allows)) return;
    const has = entries.length === 0 ? `it lacks the annotation` : `${wanted} is not in its annotation`;
    lacks.push(`${has} ${annotation}`);
    annotations.push(`${annotation}=${quoted([...entries, wanted].join(','))}`);
  };
  demand(secretOrganizationsAnnotation, organization, (entry) => matchesGlob(entry, organization));
  demand(secretUsesAnnotation, use, (entry) => entry === use);
  return { lacks, label, annotations };
}

function listIn(text = ''): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** As one word of a shell: what is suggested is copied. */
function quoted(text: string): string {
  return /^[\w.,/=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
