/** The parts of an image's name. */
export interface ImageReference {
  /** Name without tag and digest, the host included: `registry.example.com:5000/quay/quay`. */
  readonly name: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

/** What is wrong with an image's name. */
export interface ImageFault {
  readonly message: string;
  readonly hint: string;
}

/** Takes an image's name apart, with a tag, a digest, both or neither, and with a port; or says what is wrong with it. */
export function parseImage(text: string): ImageReference | ImageFault {
  const [named = '', digest, ...more] = text.split('@');
  const { name, tag } = splitTag(named);
  const fault = (more.length > 0 ? digestFault('') : digestFault(digest)) ?? tagFault(tag) ?? nameFault(name);
  return fault ?? { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** What stands in front of a slash is the port of the registry. */
function splitTag(text: string): { readonly name: string; readonly tag?: string } {
  const colon = text.lastIndexOf(':');
  return colon > text.lastIndexOf('/') ? { name: text.slice(0, colon), tag: text.slice(colon + 1) } : { name: text };
}

function digestFault(digest: string | undefined): ImageFault | undefined {
  if (digest === undefined || /^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  return { message: 'has a digest that is none', hint: 'A digest is @sha256: and 64 hexadecimal digits.' };
}

function tagFault(tag: string | undefined): ImageFault | undefined {
  if (tag === undefined || /^\w[\w.-]{0,127}$/.test(tag)) return undefined;
  return { message: 'has a tag that is none', hint: 'A tag has letters, digits, dots, dashes and underscores.' };
}

const segment = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;

function nameFault(name: string): ImageFault | undefined {
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && (first === 'localhost' || /[.:]/.test(first));
  if (hasHost && !isHost(first)) {
    return { message: 'names a registry that is no host', hint: 'Write host or host:port, without https://.' };
  }
  const path = hasHost ? rest : [first, ...rest];
  if (name.length <= 255 && path.every((part) => segment.test(part))) return undefined;
  const hint = 'Write registry.example.com/organization/name:tag, in lower case.';
  return { message: 'is no name of an image', hint };
}

function isHost(text: string): boolean {
  const [, host = '', port = '443'] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  const isNamed = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host) || /^\[[0-9a-f:]+\]$/i.test(host);
  return isNamed && Number(port) > 0 && Number(port) <= 65_535;
}

/** The last part of a name (`postgresql-13-c9s`), which says what is inside. */
export function imageBaseName({ name }: ImageReference): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
