/**
 * What `npm test` does, in this order. `target` is a root target in package.json. Steps that are `alone` use both cores
 * themselves or need a quiet machine; the others run two at a time. A `suite` counts its tests, any other step counts
 * as one. `limit` in seconds is far above any honest run: a step that hangs has to end as a failure, not as silence.
 */
export const steps = [
  { name: 'lint', target: 'lint', limit: 600 },
  { name: 'types', target: 'typecheck', limit: 600 },
  { name: 'format', target: 'format', limit: 300 },
  { name: 'boundaries', target: 'boundaries', limit: 300 },
  { name: 'generated', target: 'generated', limit: 300 },
  { name: 'tools', target: 'unit', suite: 'tools', alone: true, limit: 900 },
  { name: 'unit', target: 'unit-suite', suite: 'unit', alone: true, limit: 900 },
  { name: 'contract', target: 'contract-suite', suite: 'contract', alone: true, limit: 900 },
  // Not cached and not in `npm run check`: it runs on a real broker and database, whose files, ports, clocks and
  // versions are no input that a hash could stand for. Its output is shown while it runs.
  { name: 'integration', target: 'integration-suite', suite: 'integration', alone: true, live: true, limit: 2400 },
];
