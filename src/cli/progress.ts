/** What of a terminal decides whether progress can be shown on it. */
interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Only where somebody looks on, and where lines have a width: a terminal of 0 columns never gets to the end of one. */
export function showsProgress({ isTTY, columns }: Terminal, { CI, TERM }: Environment): boolean {
  const isWatched = isTTY === true && TERM !== 'dumb' && (CI === undefined || CI === '' || CI === 'false');
  return isWatched && columns !== undefined && columns > 0;
}

interface Place {
  readonly terminal?: NodeJS.WritableStream & Terminal;
  readonly environment: Environment;
}

/** Shows how far a long work has come, on a terminal only. */
export async function withProgress<T>(
  title: string,
  { terminal = process.stderr, environment }: Place,
  work: (progress: (finished: number, of: number) => void) => Promise<T>,
): Promise<T> {
  if (!showsProgress(terminal, environment)) return work(() => undefined);
  const { default: ora } = await import('ora');
  // What has been decided here is not decided again there.
  const spinner = ora({ text: title, discardStdin: false, stream: terminal, isEnabled: true });
  const stopWithoutWidth = (): void => {
    if (!showsProgress(terminal, environment)) spinner.stop();
  };
  terminal.on('resize', stopWithoutWidth);
  try {
    return await work((finished, of) => {
      spinner.text = `${title}: ${finished} of ${of} organizations`;
      // Not before: a login plugin may have to ask something first.
      if (!spinner.isSpinning && showsProgress(terminal, environment)) spinner.start();
    });
  } finally {
    terminal.off('resize', stopWithoutWidth);
    spinner.stop();
  }
}
