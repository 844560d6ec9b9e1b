/** Under which name Quayside owns the fields that it applies. */
export const fieldManager = 'quayside';
