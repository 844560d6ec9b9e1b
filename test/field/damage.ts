import fc from 'fast-check';
import { type BareState, type Tree } from './state.js';

export const cluster = 'clusters/openshift';

/** One way in which something in the state repository comes to be what nobody meant. */
export interface Damage {
  readonly name: string;
  readonly on: (state: BareState, tree: Tree) => Tree;
}

const link = '120000';

/** Renames everything at or below a path. */
function move(tree: Tree, from: string, to: string): Tree {
  const moved = (path: string): string =>
    path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
  return new Map([...tree].map(([path, entry]) => [moved(path), entry]));
}

function without(tree: Tree, path: string): Tree {
  return new Map([...tree].filter(([one]) => one !== path && !one.startsWith(`${path}/`)));
}

function put(tree: Tree, path: string, entry: { mode: string; id: string }): Tree {
  return new Map([...without(tree, path), [path, entry]]);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const texts: Readonly<Record<string, (text: Buffer, random: Buffer) => Buffer>> = {
  'is empty': () => Buffer.alloc(0),
  'has blanks alone': () => Buffer.from(' \n\n'),
  'is null': () => Buffer.from('null\n'),
  'is a separator': () => Buffer.from('---\n'),
  'is random': (_, random) => random,
  'is UTF-16': (text) => Buffer.from(`\ufeff${text.toString()}`, 'utf16le'),
  'has a byte order mark': (text) => Buffer.concat([Buffer.from('\ufeff'), text]),
  'has CRLF': (text) => Buffer.from(text.toString().replaceAll('\n', '\r\n')),
  'begins with junk': (text) => Buffer.concat([Buffer.from('%junk\n'), text]),
  'has conflict markers': (text) =>
    Buffer.from(`<<<<<<< ours\n${text.toString()}=======\n${text.toString()}>>>>>>> theirs\n`),
  'has tabs': (text) => Buffer.from(`a:\n\tb: c\n${text.toString()}`),
  'is twice itself': (text) => Buffer.concat([text, text]),
  'is of another kind': () => Buffer.from('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {}\n'),
  'is a list': (text) => Buffer.from(`- ${text.toString().replaceAll('\n', '\n  ')}\n`),
  'is a pointer to a big file': () =>
    Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n'),
  'is too big': (text) => Buffer.concat([text, Buffer.from(`# ${'x'.repeat(1_100_000)}\n`)]),
  'is cut in its first word': (text) => text.subarray(0, 3),
};

const endings = ['yml', 'YAML', 'Yaml', 'json', 'yaml.bak', 'yaml.orig', 'yaml~', 'yaml.txt', 'yam'];

/** Everything that can happen to one file. */
export function damageToFile(path: string): fc.Arbitrary<Damage> {
  const [folder, name] = [folderOf(path), nameOf(path)];
  const renamed = [
    ...endings.map((ending) => `${folder}/${name.replace(/yaml$/, ending)}`),
    `${folder}/${capital(name)}`,
    `${folder}/${name.toUpperCase()}`,
    `${folder}/.${name}`,
    `${folder}/${name.replace('.yaml', '')}`,
    `${folder}/below/${name}`,
    `${folder}/${name}/${name}`,
    `${folderOf(folder)}/${name}`,
  ];
  return fc.oneof(
    fc
      .constantFrom(...renamed)
      .map((to): Damage => ({ name: `${path} is now ${to}`, on: (_, tree) => move(tree, path, to) })),
    fc
      .tuple(fc.constantFrom(...Object.keys(texts)), fc.uint8Array({ minLength: 8, maxLength: 64 }))
      .map(([how, random]): Damage => ({
        name: `${path} ${how}`,
        on: (state, tree) => {
          const id = state.blob(texts[how]?.(state.text(path), Buffer.from(random)) ?? '');
          return put(tree, path, { mode: '100644', id });
        },
      })),
    becomes(path),
    fc.constant<Damage>({
      name: `${path} can be executed`,
      on: (_, tree) => put(tree, path, { mode: '100755', id: tree.get(path)?.id ?? '' }),
    }),
  );
}

/** Everything that can happen to a folder. */
export function damageToFolder(path: string): fc.Arbitrary<Damage> {
  const [above, name] = [folderOf(path), nameOf(path)];
  const renamed = [
    `${above}/${capital(name)}`,
    `${above}/${name.toUpperCase()}`,
    `${path}/${name}`,
    `${above}/below/${name}`,
    ...(path === cluster ? [] : [`${folderOf(above)}/${name}`]),
  ];
  return fc.oneof(
    fc
      .constantFrom(...renamed)
      .map((to): Damage => ({ name: `${path} is now ${to}`, on: (_, tree) => move(tree, path, to) })),
    becomes(path),
    fc.constant<Damage>({ name: `${path} is gone`, on: (_, tree) => without(tree, path) }),
  );
}

function becomes(path: string): fc.Arbitrary<Damage> {
  return fc.constantFrom<Damage>(
    {
      name: `${path} is a link`,
      on: (state, tree) => put(tree, path, { mode: link, id: state.blob('/etc/elsewhere') }),
    },
    {
      name: `${path} is a submodule`,
      on: (_, tree) => put(tree, path, { mode: '160000', id: 'c0ffee'.padEnd(40, '0') }),
    },
    {
      name: `${path} is a file`,
      on: (state, tree) => put(tree, path, { mode: '100644', id: state.blob('once a folder\n') }),
    },
    {
      name: `${path} is a folder`,
      on: (state, tree) => put(without(tree, path), `${path}/notes.md`, { mode: '100644', id: state.blob('notes\n') }),
    },
  );
}

/** Two files change places. */
export function swapped(one: string, other: string): Damage {
  return {
    name: `${one} and ${other} are swapped`,
    on: (_, tree) => {
      const [a, b] = [tree.get(one), tree.get(other)];
      return a && b ? new Map([...tree, [one, b], [other, a]]) : tree;
    },
  };
}
