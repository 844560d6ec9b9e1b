import { type Proposer } from '../review/index.js';

/** What the changes of a writer wait for. */
export interface ReviewMode {
  /** `Destructive`: what only adds is pushed at once. */
  readonly which: 'Destructive' | 'All';
  /** The integration, as the title of a request names it. */
  readonly title: string;
  /** Opens the forge: not asked for before there is something to propose, or to clean up. */
  readonly proposer: () => Promise<Omit<Proposer, 'grow'>>;
  /** A person said: propose again what was refused or written over. */
  readonly released: boolean;
}
