/** A date as mail headers write it, with Quay's zone `-0000`. */
export function mailDate(date: Date): string {
  return date.toUTCString().replace('GMT', '-0000');
}

/** A date to the second, in ISO form with `Z`. */
export function isoDate(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Whether the text is a date exactly as `YYYY-MM-DDTHH:MM:SSZ`. */
export function isIsoDate(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}T\d{1,2}:\d{1,2}:\d{1,2}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
