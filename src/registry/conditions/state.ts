/** What a condition says, before anybody looks at the clock. */
export interface State {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

export const ready = (message: string): State => ({ status: 'True', reason: 'ComponentReady', message });
export const notReady = (message: string, reason = 'ComponentNotReady'): State => ({
  status: 'False',
  reason,
  message,
});
export const notManaged = (what: string): State => ({
  status: 'True',
  reason: 'ComponentNotManaged',
  message: `${what} is not managed here`,
});
export const unread = (what: string): State => ({
  status: 'Unknown',
  reason: 'Unknown',
  message: `${what} could not be read`,
});
