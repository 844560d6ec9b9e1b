/** What the first line of a request's body remembers. It holds no secret and is not trusted: it says what was asked, never what may be done. */
export interface Marker {
  readonly integration: string;
  readonly cluster: string;
  /** Of the change that is proposed. */
  readonly digest: string;
  /** The commit of the base branch that the text was written for. */
  readonly base: string;
  /** `empty`: closed by us, since nothing of it was left. */
  readonly state: 'open' | 'empty';
  /** A hash of the rest of the text as we wrote it; people may write over it. */
  readonly text: string;
  /** The same of the title. */
  readonly title: string;
  /** The request that was closed with its branch, and that this one opens again. */
  readonly again?: string;
  /** The commit of somebody else that a comment was written about. */
  readonly told?: string;
  /** Something is lost for good by what it proposes. */
  readonly risk?: string;
}

const begin = '<!-- quayside: v1 ';
const line = /<!-- quayside: v1 ([ \w=.-]{1,2000}) -->/;
const fields = ['integration', 'cluster', 'digest', 'base', 'state', 'text', 'title', 'again', 'told', 'risk'] as const;

/** The marker as a line of Markdown that is not shown. */
export function markerLine(marker: Marker): string {
  const parts = fields.flatMap((field) => (marker[field] === undefined ? [] : [`${field}=${marker[field]}`]));
  return `${begin}${parts.join(' ').replace(/-{2,}/g, '-')} -->`;
}

/** The marker in a body, wherever a person has moved it; undefined when there is none of this integration. */
export function readMarker(
  body: string,
  { integration, cluster }: Pick<Marker, 'integration' | 'cluster'>,
): Marker | undefined {
  const found = line.exec(body)?.[1];
  if (found === undefined) return undefined;
  const values = new Map(
    found.split(' ').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  const value = (field: (typeof fields)[number]): string => values.get(field) ?? '';
  if (value('integration') !== plain(integration) || value('cluster') !== plain(cluster)) return undefined;
  const optional = Object.fromEntries(
    (['again', 'told', 'risk'] as const).flatMap((field) => (values.has(field) ? [[field, value(field)]] : [])),
  );
  return {
    integration,
    cluster,
    digest: value('digest'),
    base: value('base'),
    state: value('state') === 'empty' ? 'empty' : 'open',
    text: value('text'),
    title: value('title'),
    ...optional,
  };
}

/** Two dashes would end the comment. */
function plain(name: string): string {
  return name.replace(/-{2,}/g, '-');
}
