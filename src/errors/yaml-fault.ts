// In words of ours, since the parser's quote the text, which may be a password.
const faults: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias has an anchor or a tag',
  BAD_ALIAS: 'an alias has no name; text that begins with * or & needs quotes',
  BAD_COLLECTION_TYPE: 'a tag does not fit what it stands before',
  BAD_DIRECTIVE: 'a directive is unknown; text that begins with % needs quotes',
  BAD_DQ_ESCAPE: 'text in double quotes has an escape that does not exist; a backslash is written \\\\ there',
  BAD_INDENT: 'the indentation does not fit the lines before',
  BAD_PROP_ORDER: 'an anchor or a tag stands in the wrong place',
  BAD_SCALAR_START: 'text that begins with @, ` or another sign of YAML needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping begins on the line of another; text with a colon and a blank needs quotes',
  BLOCK_IN_FLOW: 'a list or mapping by indentation stands inside brackets',
  DUPLICATE_KEY: 'a key stands twice',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  MISSING_CHAR: 'a colon, a quote, a bracket, a comma or a blank is missing',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines; perhaps a colon is missing',
  MULTIPLE_ANCHORS: 'a value has two anchors',
  MULTIPLE_DOCS: 'a second document begins',
  MULTIPLE_TAGS: 'a value has two tags',
  NON_STRING_KEY: 'a key is no text',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'a tab indents the line; YAML takes blanks only',
  TAG_RESOLVE_FAILED: 'a tag is unknown; text that begins with ! needs quotes',
};

/** What is wrong with text that is no YAML, by the code of the parser. It quotes nothing of the text, in which secrets stand. */
export function yamlFault(code: string): string {
  return faults[code] ?? 'something stands where nothing can stand; text with signs of YAML in it needs quotes';
}
