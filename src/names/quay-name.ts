const quayName = /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** Whether Quay takes the text as the name of an organization, a robot or a team. */
export function isQuayName(text: string, longest = 255): boolean {
  return text.length >= 2 && text.length <= longest && quayName.test(text);
}
