/** Aborted by Ctrl-C or a request to end; the second time the process ends at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(code);
      process.stderr.write('Stopping before the next change; interrupt again to stop at once.\n');
      controller.abort();
    });
  }
  return controller.signal;
}
