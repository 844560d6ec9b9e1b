import { decideAdoption, strangersAmong } from '../ownership/index.js';
import { hasPredecessorsContent, isUntouched } from '../plan/index.js';
import { agreed, begin, refuse } from './decide-verdict.js';
import type { Owning } from './owning.js';
import type { Ownership } from './ownership.js';

/** One without a mark, and nothing is remembered of it: the adoption policy decides, by what both sides prove. */
export async function adopt(owning: Owning): Promise<Ownership> {
  const { run, document, observation, owners } = owning;
  if (observation.state !== 'Observed' || owners === undefined) throw new TypeError('nothing was observed');
  const { integration, facts } = run.input;
  const { namespace, name } = document.spec;
  const adoption = decideAdoption({
    adoption: integration.spec.adoption,
    isUntouched: isUntouched(observation.organization),
    hasPredecessorsContent: hasPredecessorsContent(observation.organization),
    owners,
    predecessor: namespace === undefined ? undefined : await facts.predecessor?.(name, namespace),
  });
  switch (adoption.kind) {
    case 'Adopt':
      return begin(owning, 'TakeOver', adoption.origin, adoption.evidence);
    case 'Pending':
      return agreed(owning, 'AdoptionPending', { why: adoption.why, statement: { origin: 'adopted' } }, () =>
        begin(owning, 'TakeOver', 'adopted', `a person agreed: ${adoption.evidence}`),
      );
    case 'Refused':
      return refuse(
        owning,
        'OrganizationNotOurs',
        ['it has no ownership marker of Quayside', strangersAmong(owners)].filter(Boolean).join(', and '),
        `ask its owner for the name, set adoption of integration ${document.spec.integration} to adopt it, or rename one of the two`,
      );
  }
}
