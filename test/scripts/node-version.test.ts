import { expect, it } from 'vitest';
import { nodeComplaint } from '../../scripts/setup/node-version.js';

it.each(['20.19.0', '20.20.2', '22.0.0', '100.1.0'])('Node %s will do', (version) => {
  expect(nodeComplaint(version)).toBeNull();
});

it.each(['20.18.3', '18.20.0', '9.99.9', ''])('Node "%s" will not', (version) => {
  expect(nodeComplaint(version)).toBe(`Evertoken needs Node.js 20.19 or newer; this is ${version}. Get it from https://nodejs.org and start again.`);
});
