#!/usr/bin/env node
// Old syntax on purpose: this file has to run on the old Node that it warns about.
var wanted = [22, 19];
var have = process.versions.node.split('.').map(Number);

if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  process.stderr.write(
    'quayside: needs Node ' +
      wanted.join('.') +
      ' or newer, and this is Node ' +
      process.versions.node +
      '.\n' +
      '  Install a newer Node, or start it with `npm run quayside -- …` or `npx quayside …`, which bring their own.\n',
  );
  process.exit(1);
}

var built = new URL('../build/quayside.js', import.meta.url);
import(built.href).catch(function (error) {
  if (error && error.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).indexOf('build/quayside.js') >= 0) {
    process.stderr.write('quayside: not built yet. Run `npm run build` first.\n');
    process.exit(1);
  }
  throw error;
});
