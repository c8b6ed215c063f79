// The two parts of undici that are used. Its index also sets up a browser's fetch, caches and sockets, which takes three times as long to start
// (80 against 25 ms of processor time) and is never used. The version is pinned to the digit, so these files are where they are.
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';

  export default Pool;
}

declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';

  export default Agent;
}
