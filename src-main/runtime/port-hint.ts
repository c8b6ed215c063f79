import { DEFAULT_PORT } from '../contract/admin.ts';

/** Linux gives outgoing connections the ports from 32768 on (`ip_local_port_range`), Windows and macOS those from 49152 on. */
const HIGHEST_FREE = 32_000;

/** A sentence where the system may give this port to an outgoing connection of any program; null where it is left alone. */
export function portHint(port: number): string | null {
  if (port <= HIGHEST_FREE) return null;
  return `The system may give port ${port} to another program's outgoing connection while Evertoken does not run, and Evertoken then cannot have it. Rather take a port up to ${HIGHEST_FREE}, such as ${DEFAULT_PORT}.`;
}
