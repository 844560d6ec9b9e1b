import type { ByHand } from './ask.js';
import { here, there, type Spec } from './change.js';
import { organization } from './organization.js';

/** What somebody may add by hand and nobody states: it stays. */
export function additions({ repositories, teams, quota }: Spec): readonly ByHand[] {
  const [repository] = repositories;
  const [team] = teams;
  return [
    ['PUT', `${here}/robots/added`, { description: 'by hand' }],
    ['PUT', `${here}/team/added`, { role: 'admin', description: 'by hand' }],
    ['PUT', `${here}/team/added/members/alice`],
    ['POST', `${here}/prototypes`, { role: 'admin', delegate: { kind: 'team', name: 'added' } }],
    ['POST', '/repository', { namespace: organization, repository: 'added', visibility: 'public', description: 'x' }],
    ['PUT', `/repository/${organization}/added/permissions/team/added`, { role: 'write' }],
    ['POST', `${here}/autoprunepolicy/`, { method: 'number_of_tags', value: 99 }],
    ['POST', `${here}/immutabilitypolicy/`, { tagPattern: 'added' }],
    ...(team === undefined ? [] : [['PUT', `${here}/team/${team.name}/members/dave`] satisfies ByHand]),
    ...(quota === undefined ? ([['POST', `${here}/quota`, { limit_bytes: 77 }]] satisfies ByHand[]) : []),
    ...(repository === undefined
      ? []
      : ([
          ['PUT', `${there(repository.name)}/permissions/user/dave`, { role: 'admin' }],
          ['PUT', `${there(repository.name)}/permissions/team/added`, { role: 'admin' }],
          ['POST', `${there(repository.name)}/autoprunepolicy/`, { method: 'creation_date', value: '99d' }],
          ['POST', `${there(repository.name)}/immutabilitypolicy/`, { tagPattern: 'added' }],
          [
            'POST',
            `${there(repository.name)}/notification/`,
            {
              event: 'repo_push',
              eventConfig: {},
              method: 'quay_notification',
              config: { target: { kind: 'user', name: 'alice' } },
              title: 'added',
            },
          ],
        ] satisfies ByHand[])),
  ];
}
