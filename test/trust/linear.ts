import { type AST, RegExpParser } from '@eslint-community/regexpp';

type Step = AST.Element | AST.Quantifier;
/** For each place before, the characters of which one has stood there. */
type Needed = readonly (readonly string[])[];

/**
 * Why a search with this pattern may take more than linear time, or nothing. A search begins anew at each character, so a
 * repetition without a bound is walked again and again when what follows it is not there, unless nothing has to follow, or
 * it cannot get past the next place where the pattern could begin. What one attempt takes is the linter's part.
 */
export function slowness(pattern: RegExp): string | undefined {
  if (pattern.sticky) return undefined;
  const parsed = new RegExpParser().parsePattern(pattern.source, undefined, undefined, { unicode: pattern.unicode });
  for (const alternative of parsed.alternatives) {
    const slow = slowIn(alternative.elements, [], [], pattern);
    if (slow !== undefined) return slow;
  }
  return undefined;
}

function slowIn(
  elements: readonly Step[],
  before: Needed,
  after: readonly Step[],
  pattern: RegExp,
): string | undefined {
  let prefix = before;
  for (const [at, element] of elements.entries()) {
    if (element.type === 'Assertion' && element.kind === 'start' && !pattern.multiline) return undefined;
    const rest = [...elements.slice(at + 1), ...after];
    if (isEndless(element) && rest.some(isNeeded) && !isStopped(element, prefix, elements[at - 1], pattern)) {
      return element.raw;
    }
    for (const inner of alternativesOf(element)) {
      const slow = slowIn(inner, prefix, rest, pattern);
      if (slow !== undefined) return slow;
    }
    prefix = [...prefix, ...neededBy([element])];
  }
  return undefined;
}

function alternativesOf(element: Step): readonly (readonly Step[])[] {
  if (element.type === 'Quantifier') return alternativesOf(element.element);
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return [];
  return element.alternatives.map(({ elements }) => elements);
}

function neededBy(elements: readonly Step[]): Needed {
  return elements.flatMap((element): Needed => {
    if (element.type === 'Character') return [[String.fromCodePoint(element.value)]];
    if (element.type === 'Quantifier') return element.min > 0 ? neededBy([element.element]) : [];
    if (element.type === 'CharacterClass' && !element.negate) {
      const known = element.elements.flatMap((one) =>
        one.type === 'Character' ? [String.fromCodePoint(one.value)] : [],
      );
      return known.length === element.elements.length ? [known] : [];
    }
    const [only, ...more] = alternativesOf(element).map(neededBy);
    if (only === undefined || more.length === 0) return only ?? [];
    const first = [only, ...more].map(([one]) => one);
    return first.every((one) => one !== undefined) ? [first.flat()] : [];
  });
}

function isEndless(element: Step): element is AST.Quantifier {
  return element.type === 'Quantifier' && element.max > 1_000;
}

/** Whether a match can fail on it. */
function isNeeded(element: Step): boolean {
  if (element.type === 'Quantifier') return element.min > 0;
  // Either something else is there, or the end, which all that is repeated comes to.
  return !(element.type === 'Assertion' && /\(\?=.*\|\$\)$/.test(element.raw));
}

/** Whether a repetition stops before the next place where the pattern could have begun. */
function isStopped({ element }: AST.Quantifier, prefix: Needed, last: Step | undefined, pattern: RegExp): boolean {
  if (last?.raw === `(?<!${element.raw})`) return true;
  const one = new RegExp(`^(?:${element.raw})+$`, pattern.flags.replaceAll(/[gy]/g, ''));
  return prefix.some((characters) => characters.every((character) => !one.test(character)));
}
