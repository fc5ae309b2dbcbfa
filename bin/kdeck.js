#!/usr/bin/env node
// Starts kdeck: checks that this Node is new enough, then loads the built program. Old syntax only, so that old Nodes can tell.
// CommonJS, because Node loads that several milliseconds sooner.
'use strict';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `kdeck needs Node.js 22.12 or newer; this is ${process.versions.node}. Install a current Node.js, or run it with \`npx node@26\`.\n`,
  );
  process.exitCode = 1;
} else {
  // Compiled code is kept between runs in the user's cache folder; a second start saves the parsing.
  require('node:module').enableCompileCache();
  // The commands scripts call most have a build of their own, a third the size of the whole command line.
  require(['get', 'version', 'config'].includes(process.argv[2]) ? '../dist/hot.cjs' : '../dist/cli.cjs');
}
