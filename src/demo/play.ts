export async function playDemo(_options: { readonly keep: boolean }): Promise<void> {
  await Promise.resolve();
}
