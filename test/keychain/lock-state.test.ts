import { afterEach, describe, expect, it } from 'vitest';
import { createLockState } from '../../src-main/adapters/keychain/lock-state.ts';
import { keyringHere } from '../requirements.ts';
import { envWithoutBus, type KeyringOptions, type KeyringSession, startKeyring } from './session.ts';

const sessions: KeyringSession[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0).toReversed()) await session.stop();
});
async function keyring(options: KeyringOptions = {}): Promise<KeyringSession> {
  const session = await startKeyring(options);
  sessions.push(session);
  return session;
}
const askIn = (env: NodeJS.ProcessEnv) => createLockState({ platform: 'linux', env });

describe.runIf(keyringHere())('the question whether a real gnome-keyring is locked', () => {
  it('is answered rightly as it is locked and unlocked, and opens no prompt', async () => {
    const session = await keyring();
    const ask = askIn(session.env);
    const answers = [await ask()];
    await session.lock();
    for (let times = 0; times < 20; times += 1) answers.push(await ask());
    await session.unlock();
    answers.push(await ask());
    expect(answers).toEqual(['open', ...Array.from({ length: 20 }, () => 'locked'), 'open']);
    expect(session.prompts()).toBe(0);
  });

  it('opens no second one while a prompt stands open', async () => {
    const session = await keyring({ promptSeconds: 1 });
    const ask = askIn(session.env);
    expect((await session.secretTool(['store', '--label=x', 'service', 'Other', 'account', 'a'], 'value')).code).toBe(0);
    await session.lock();
    const reading = session.secretTool(['lookup', 'service', 'Other', 'account', 'a']);
    await expect.poll(() => session.prompts()).toBe(1);
    expect(await ask()).toBe('locked');
    expect((await reading).code).toBe(1);
    expect(session.prompts()).toBe(1);
  });

  it('is unknown without a default collection', async () => {
    const session = await keyring({ state: 'locked' });
    expect(await askIn(session.env)()).toBe('unknown');
    expect(session.prompts()).toBe(0);
  });

  it('is answered again after bus and keyring went away and came back', async () => {
    const first = await startKeyring({ password: 'pw' });
    const ask = askIn(first.env);
    expect(await ask()).toBe('open');
    await first.stop({ keepFolder: true });
    expect(await ask()).toBe('unknown');
    await keyring({ password: 'pw', folder: first.folder, state: 'locked' });
    expect(await ask()).toBe('locked');
  });

  it('is found by the runtime folder alone', async () => {
    const session = await keyring();
    expect(await askIn({ XDG_RUNTIME_DIR: envWithoutBus(session.folder)['XDG_RUNTIME_DIR'] })()).toBe('open');
  });
});
