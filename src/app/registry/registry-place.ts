/** Which registry is meant. */
export interface RegistryPlace {
  readonly namespace: string;
  readonly name: string;
}
