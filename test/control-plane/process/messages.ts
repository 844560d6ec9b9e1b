/** What the supervisor is told, one JSON value in each line. */
export type Order =
  | {
      readonly start: string;
      readonly command: string;
      readonly args: readonly string[];
      readonly log: string;
    }
  | { readonly end: string };

/** What the supervisor answers, in the same way. */
export type Report =
  { readonly started: string; readonly pid: number } | { readonly ended: string; readonly why: string };
