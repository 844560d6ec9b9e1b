/** The variables of the process; only a few of them reach git. */
export type Environment = Readonly<Record<string, string | undefined>>;

const passedOn = ['PATH', 'HOME', 'TMPDIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
const proxies = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'];

/** The environment git runs in: nobody's configuration, hooks, prompts or language can change what it does. */
export function gitEnvironment(source: Environment = {}): Record<string, string> {
  const names = [...passedOn, ...proxies, ...proxies.map((name) => name.toUpperCase())];
  const kept = names.flatMap((name): [string, string][] => {
    const value = source[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin:/opt/homebrew/bin',
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    // Any other transport could be made to run a program.
    GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
  };
}
