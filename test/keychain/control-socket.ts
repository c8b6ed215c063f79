import { connect } from 'node:net';
import { join } from 'node:path';

const UNLOCK = 1;
const OK = 0;

/**
 * Unlocks a running gnome-keyring-daemon as its PAM module does: over the `control` socket in the runtime folder, with a
 * byte for the credentials, then length, operation and password in network order (gnome-keyring's
 * gkd-control-codes.h). `gnome-keyring-daemon --unlock` itself would start a second daemon instead. True when the
 * password was right.
 */
export async function unlockRunningDaemon(runtimeFolder: string, password: string): Promise<boolean> {
  const secret = Buffer.from(password);
  const packet = Buffer.alloc(13 + secret.length);
  packet.writeUInt32BE(packet.length - 1, 1);
  packet.writeUInt32BE(UNLOCK, 5);
  packet.writeUInt32BE(secret.length, 9);
  secret.copy(packet, 13);
  return new Promise((resolve, reject) => {
    const socket = connect(join(runtimeFolder, 'keyring', 'control'));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const answer = Buffer.concat(chunks);
      if (answer.length < 8) return;
      socket.destroy();
      resolve(answer.readUInt32BE(4) === OK);
    });
    socket.once('error', reject);
    socket.once('end', () => reject(new Error('the keyring daemon hung up')));
    socket.write(packet);
  });
}
