/** Where programs find the set-up of whoever runs the tests, which none of the tests may find. */
const foreign = [
  /^GIT_/,
  /^SSH_/,
  /^NODE_(USE_ENV_PROXY|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|DEBUG)$/,
  /^(KUBECONFIG|KUBERNETES_.*)$/,
  /^(FORCE_COLOR|NO_COLOR|CLICOLOR.*)$/,
  /^(LANG|LANGUAGE|LC_.*|TZ)$/,
];
const own = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  // A run starts the command line more than a thousand times; compiling it is a fifth of what a short command computes.
  NODE_COMPILE_CACHE: new URL('../node_modules/.cache/compiled', import.meta.url).pathname,
};

/**
 * Takes what is foreign out of an environment. Proxies stay, since the build of the control plane may need one; they are
 * no way to this machine itself.
 */
export function useOwnEnvironment(environment = process.env) {
  for (const name of Object.keys(environment)) {
    if (foreign.some((pattern) => pattern.test(name))) delete environment[name];
  }
  const direct = [environment.NO_PROXY ?? environment.no_proxy, '127.0.0.1', '::1', 'localhost'].filter(Boolean).join();
  Object.assign(environment, own, { NO_PROXY: direct, no_proxy: direct });
}
