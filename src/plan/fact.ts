/** A question to the cluster: yes, no, or no answer. Unknown is never taken for one of the others. */
export type Fact = 'Yes' | 'No' | 'Unknown';

/** Whether a namespace is there, as a fresh read says. */
export type NamespaceFact = 'Live' | 'Terminating' | 'Gone' | 'Unknown';
