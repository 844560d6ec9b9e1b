import { type limits } from '../../../src/limits/index.js';

/** The name of a row of the table. */
export type Row = keyof typeof limits;

/** What feeds a process more than the limit of a row, and demands what the table says of it. */
export type Feeding<Process> = (process: Process) => Promise<void>;

/** The rows that a process is fed beyond. */
export type Feedings<Process> = Readonly<Partial<Record<Row, Feeding<Process>>>>;
