import { processIo } from './process-io.ts';
import { run } from './run.ts';

// Only the exit code is set: what is still on its way to a pipe gets there.
process.exitCode = await run(process.argv.slice(2), processIo());
