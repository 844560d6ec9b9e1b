import { TerminalError } from '../../errors/index.js';
import type { Address } from './call.js';

/** Words that Quay reads as a part of a repository rather than as a piece of its name. */
const reserved = new Set(
  'mirror changevisibility changestate changetrust permissions tag manifest notification autoprunepolicy immutabilitypolicy build trigger tokens logs aggregatelogs exportlogs authorizedemail signatures'.split(
    ' ',
  ),
);

function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') {
    throw new TerminalError('InvalidInput', `"${value}" cannot be a part of a path in Quay's API`);
  }
  return encodeURIComponent(value);
}

/** `/api/v1/` and the template, each `{placeholder}` filled with the next value. */
export function address(template: string, ...values: readonly string[]): Address {
  let next = 0;
  const full = `/api/v1/${template}`;
  const [route = ''] = full.split('?', 1);
  const path = full.replace(/\{[a-z]+\}/g, () => segment(values[next++] ?? ''));
  return { path, route };
}

/** The piece of a repository's name that Quay's API would take for something else. */
function reservedPiece(repository: string): string | undefined {
  return repository
    .split('/')
    .slice(1)
    .find((piece) => reserved.has(piece));
}

/** Whether Quay's API can be asked about a repository of this name. */
export function isAddressable(repository: string): boolean {
  return reservedPiece(repository) === undefined;
}

/** The same below one repository; refuses a nested name that Quay would take for something else of another repository. */
export function repositoryAddress(
  organization: string,
  repository: string,
  rest = '',
  ...values: readonly string[]
): Address {
  const [first = '', ...nested] = repository.split('/');
  const word = reservedPiece(repository);
  if (word !== undefined) {
    throw new TerminalError(
      'QuayRefused',
      `repository ${repository}: Quay's API cannot address a name with "/${word}"`,
      {
        hint: 'Give the repository another name.',
      },
    );
  }
  const below = address(rest, ...values);
  const name = [organization, first, ...nested].map(segment).join('/');
  const tail = (full: string): string => full.slice('/api/v1/'.length);
  return {
    path: `/api/v1/repository/${name}${tail(below.path)}`,
    route: `/api/v1/repository/{organization}/{repository}${tail(below.route)}`,
  };
}
