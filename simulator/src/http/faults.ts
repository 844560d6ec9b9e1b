/** What goes wrong instead of, or around, an answer. */
export interface FaultRule {
  /** Method to match. @default - every method */
  readonly method?: string;
  /** Regular expression for path and query. @default - every path */
  readonly path?: string;
  /** Let this many matching requests pass first. @default 0 */
  readonly after?: number;
  /** How many matching requests it hits. @default 1 */
  readonly times?: number;
  /** Whether the request takes effect all the same. @default 'before', it does not */
  readonly when?: 'before' | 'after';
  /** Answer with this status. */
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Cut the connection instead of answering. */
  readonly reset?: boolean;
  /** Wait this long first. Without a status or a reset the request is then handled as usual. */
  readonly delayMs?: number;
  /** Handle the request, but send only the first half of the answer's body, as if it were all. */
  readonly truncate?: boolean;
}

/** Faults to come. */
export interface Faults {
  readonly inject: (rule: FaultRule) => void;
  readonly clear: () => void;
}

/** Faults, and the way to ask which one hits a request. */
export function createFaults(): {
  readonly faults: Faults;
  readonly hit: (method: string, path: string) => FaultRule | undefined;
} {
  const waiting: { readonly rule: FaultRule; readonly pattern: RegExp; after: number; times: number }[] = [];
  return {
    faults: {
      inject: (rule) => {
        waiting.push({ rule, pattern: new RegExp(rule.path ?? ''), after: rule.after ?? 0, times: rule.times ?? 1 });
      },
      clear: () => {
        waiting.length = 0;
      },
    },
    hit: (method, path) => {
      for (const entry of waiting) {
        if (entry.times === 0 || (entry.rule.method ?? method) !== method || !entry.pattern.test(path)) continue;
        if (entry.after > 0) {
          entry.after -= 1;
          continue;
        }
        entry.times -= 1;
        return entry.rule;
      }
      return undefined;
    },
  };
}
