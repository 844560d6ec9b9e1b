/** Shows how far a long work has come, on a terminal only. */
export async function withProgress<T>(
  title: string,
  work: (progress: (finished: number, of: number) => void) => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work(() => undefined);
  const { default: ora } = await import('ora');
  const spinner = ora({ text: title, discardStdin: false }).start();
  try {
    return await work((finished, of) => {
      spinner.text = `${title}: ${finished} of ${of} organizations`;
    });
  } finally {
    spinner.stop();
  }
}
