const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;

/** Bytes as the largest unit that divides them: `10Gi`. */
export function sizeText(bytes: number): string {
  let power = 0;
  let rest = bytes;
  while (power < units.length - 1 && rest >= 1024 && rest % 1024 === 0) {
    rest /= 1024;
    power += 1;
  }
  return `${rest}${units[power] ?? ''}`;
}

/** Seconds as the largest unit of Quay that divides them: `2w`. */
export function durationText(seconds: number): string {
  for (const [unit, size] of [
    ['w', 604_800],
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}
