// Reads the same LIST the pod table reads, byte for byte, and does nothing with it: the floor under every sync. Prints JSON.
import process from 'node:process';
import {openCluster} from '../src/operations/connect.ts';

const {client} = await openCluster({}, {transport: 'live', env: process.env});
const start = performance.now();
const stream = await client.stream({
  path: '/api/v1/pods',
  query: {resourceVersion: '0'},
  accept: 'application/vnd.kubernetes.protobuf',
});
let bytes = 0;
for await (const chunk of stream.body) bytes += chunk.length;
const wall = performance.now() - start;
await client[Symbol.asyncDispose]();
process.stdout.write(`${JSON.stringify({wall, bytes})}\n`);
