#!/usr/bin/env node
// Starts kdeck: checks that this Node is new enough, then loads the built program. Old syntax only, so that old Nodes can tell.
import process from 'node:process';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(
    `kdeck needs Node.js 22.12 or newer; this is ${process.versions.node}. Install a current Node.js, or run it with \`npx node@26\`.\n`,
  );
  process.exitCode = 1;
} else {
  const module = await import('node:module');
  // Compiled code is kept between runs in the user's cache folder; a second start saves the parsing.
  module.enableCompileCache?.();
  await import('../dist/main.js');
}
