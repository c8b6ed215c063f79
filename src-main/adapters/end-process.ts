/**
 * Ends this process, last of all; close the log, the lock and the server before it. Measured on Debian 12 with Node 20:
 * while a keychain call hangs in a worker thread (its password prompt is open), `process.exit` waits for that thread,
 * and so does an empty event loop; the process would stay until the owner answers the prompt. A signal does not wait. So
 * with `callHangs` (see `KeychainVault.hasOpenCall`) the process takes SIGTERM from itself, which systemd counts as
 * a clean end, and `code` is what it exits with otherwise.
 */
export function endProcess(code: number, callHangs: boolean): void {
  if (!callHangs) process.exit(code);
  process.removeAllListeners('SIGTERM');
  process.kill(process.pid, 'SIGTERM');
}
