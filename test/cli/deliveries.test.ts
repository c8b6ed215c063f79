import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertView, connectionView, outcome, statusOf } from '../fakes/keeper.ts';
import { deliveryView } from '../gateway/house.ts';
import { openEvertoken } from './house.ts';

const two = { status: statusOf([connectionView({ id: 'c-main', label: 'Main shop' }), connectionView({ id: 'c-test', label: 'Test shop' })]) };
const failed = deliveryView({ id: 'd-2', target: '/srv/other/.env', standing: 'failed', code: 'read-only', text: 'The file can only be read. Change its permissions.', nextTry: '2030-01-01T12:05:00.000Z' });

describe('evertoken deliver', () => {
  it('everything, or one connection; over a changed value only when that is said', async () => {
    const { cli, deliveryCalls } = await openEvertoken(two);
    expect((await cli(['deliver'])).exit).toBe(0);
    expect((await cli(['deliver', 'test shop', '--overwrite'])).exit).toBe(0);
    expect(deliveryCalls).toEqual([
      { asked: 'deliver', request: { connection: null, delivery: null, overwrite: false } },
      { asked: 'deliver', request: { connection: 'c-test', delivery: null, overwrite: true } },
    ]);
    expect((await cli(['deliver', 'nowhere'])).exit).toBe(2);
    expect(deliveryCalls).toHaveLength(2);
  });

  it('exits 1 where not everything was delivered, and says which', async () => {
    const { cli, desk } = await openEvertoken(two);
    desk.deliver = async () => outcome({ ok: false, code: 'not-delivered', message: 'One file was not written.', details: ['/srv/bot/.env: read-only'] });
    expect(await cli(['deliver'])).toMatchObject({ exit: 1, out: 'One file was not written.\n  - /srv/bot/.env: read-only\n' });
  });
});

describe('what to type next', () => {
  it('stands under what was not written since the owner must decide, and not under what was asked with that yes', async () => {
    const { cli, desk } = await openEvertoken(two);
    desk.deliver = async () => outcome({ ok: false, code: 'changed-by-hand', message: 'Somebody changed it.', details: [] });
    desk.addEnvFile = async () => outcome({ code: 'added-two-values', message: 'It was added.', details: [] });
    expect((await cli(['deliver'])).out).toBe('Somebody changed it.\n  Command       npx evertoken deliver --overwrite\n');
    expect((await cli(['deliver', 'Test shop'])).out).toContain('  Command       npx evertoken deliver c-test --overwrite\n');
    expect((await cli(['deliver', '--overwrite'])).out).toBe('Somebody changed it.\n');
    expect((await cli(['deliveries', 'add', '.env', '--connection', 'c-main'])).out).toBe('It was added.\n  Command       npx evertoken deliver c-main --overwrite\n');
  });
});

describe('evertoken deliveries add', () => {
  it('a path counts from where the command is typed', async () => {
    const { cli, deliveryCalls, folder } = await openEvertoken();
    expect((await cli(['deliveries', 'add', 'bot/.env'])).exit).toBe(0);
    expect((await cli(['deliveries', 'add', '/srv/bot/.env', '--variable', 'META_TOKEN', '--backup'])).exit).toBe(0);
    expect(deliveryCalls).toEqual([
      { asked: 'addEnvFile', request: { connection: 'c-main', file: join(folder, 'bot/.env'), variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: false } },
      { asked: 'addEnvFile', request: { connection: 'c-main', file: '/srv/bot/.env', variable: 'META_TOKEN', keepBackup: true } },
    ]);
  });

  it('of two connections one must be named', async () => {
    const { cli, deliveryCalls } = await openEvertoken(two);
    expect((await cli(['deliveries', 'add', '.env'])).err).toContain('Say which connection is meant');
    expect((await cli(['deliveries', 'add', '.env', '--connection', 'Test shop'])).exit).toBe(0);
    expect(deliveryCalls).toMatchObject([{ request: { connection: 'c-test' } }]);
  });

  it.each(['1TOKEN', 'MY-TOKEN', 'A B', ''])('"%s" is no name of a variable', async (variable) => {
    const { cli, deliveryCalls } = await openEvertoken();
    const ran = await cli(['deliveries', 'add', '.env', `--variable=${variable}`]);
    expect([ran.exit, ran.out, deliveryCalls]).toEqual([2, '', []]);
    expect(ran.err).toContain('The name of a variable');
  });
});

describe('evertoken deliveries command', () => {
  const asked = async (words: readonly string[]) => {
    const { cli, deliveryCalls, folder } = await openEvertoken(two);
    const ran = await cli(['deliveries', 'command', '--connection', 'c-main', ...words]);
    return { ran, folder, calls: deliveryCalls };
  };

  it('takes everything behind the dashes as it stands, also options that are ours or look like secrets by name', async () => {
    const argv = ['docker', 'restart', '--json', '--port', '7', '--data-dir', 'x', '--token', 'short', '--key', 'client.pem', '0123456789abcdef'.repeat(4), '', '--', '-h'];
    const { ran, calls } = await asked(['--timeout', '5', '--', ...argv]);
    expect(ran).toMatchObject({ exit: 0, out: 'Done.\n' });
    expect(calls).toEqual([{ asked: 'setCommand', request: { connection: 'c-main', argv, folder: null, timeoutSeconds: 5 } }]);
  });

  it('a program given by its path, and the folder, count from here; a bare name is left to the system', async () => {
    const near = await asked(['--', './restart.sh', './config']);
    expect(near.calls).toMatchObject([{ request: { argv: [join(near.folder, 'restart.sh'), './config'], folder: null, timeoutSeconds: 60 } }]);
    const there = await asked(['--folder', 'bot', '--', './restart.sh']);
    expect(there.calls).toMatchObject([{ request: { argv: [join(there.folder, 'bot', 'restart.sh')], folder: join(there.folder, 'bot') } }]);
    expect((await asked(['--', 'pm2', 'restart', 'bot'])).calls).toMatchObject([{ request: { argv: ['pm2', 'restart', 'bot'] } }]);
  });

  it.each([
    ['no program', [], 'Missing required argument'],
    ['an option of the program before the dashes', ['systemctl', '--user', 'restart', 'bot'], "Unknown option '--user'"],
    ['no time at all', ['--timeout', '0', '--', 'true'], 'a whole number of seconds'],
    ['more than an hour', ['--timeout', '3601', '--', 'true'], 'a whole number of seconds'],
    ['a time in words', ['--timeout', '1m', '--', 'true'], 'a whole number of seconds'],
    ['a token among the arguments', ['--', 'notify', '--text=EAATestInACommand0123456789'], 'Secrets are never given as an argument'],
    ["a bot's key among the arguments", ['--', 'notify', `KEY=evk_${'k'.repeat(43)}`], 'Secrets are never given as an argument'],
  ])('%s: exit 2, nothing set', async (_name, words, says) => {
    const { ran, calls } = await asked(words);
    expect([ran.exit, ran.out, calls]).toEqual([2, '', []]);
    expect(ran.err).toContain(says);
    expect(ran.err).not.toMatch(/EAATest|evk_k/);
  });
});

describe('evertoken deliveries remove', () => {
  it.each([['its id', 'd-2'], ['its path', '/srv/other/.env'], ['its path from here', '../../srv/other/.env']])('by %s', async (_name, wanted) => {
    const { cli, deliveryCalls } = await openEvertoken(two, { deliveries: [deliveryView(), failed] });
    expect((await cli(['deliveries', 'remove', wanted], { cwd: '/home/owner' })).exit).toBe(0);
    expect(deliveryCalls).toEqual([{ asked: 'remove', id: 'd-2' }]);
  });

  it('of two into one file one must be named by its id', async () => {
    const { cli, deliveryCalls } = await openEvertoken(two, { deliveries: [deliveryView(), deliveryView({ id: 'd-3', variable: 'OTHER' })] });
    expect(await cli(['deliveries', 'remove', '/srv/bot/.env'])).toMatchObject({ exit: 2, err: 'Say which delivery is meant, by its id. There is: "/srv/bot/.env" (d-1), "/srv/bot/.env" (d-3).\n' });
    expect(deliveryCalls).toEqual([]);
  });
});

describe('evertoken deliveries list', () => {
  it('says how each stands, and why', async () => {
    const command = deliveryView({ id: 'd-9', kind: 'command', target: 'pm2 restart bot', variable: null, connection: 'c-test', lastDone: null, fingerprint: null, standing: 'pending' });
    const { cli } = await openEvertoken(two, { deliveries: [deliveryView({ keepBackup: true }), failed, command] });
    const ran = await cli(['deliveries', 'list']);
    expect(ran.exit).toBe(0);
    for (const words of [
      '/srv/bot/.env: done\n  Id            d-1\n  Connection    Main shop\n  Variable      WHATSAPP_ACCESS_TOKEN\n  Backup        the file',
      ', …abcd 12ab34cd\n',
      '/srv/other/.env: failed, is tried again\n',
      '  Why           The file can only be read. Change its permissions.\n',
      '(in 5 minutes)\n',
      'pm2 restart bot: waiting for its turn\n  Id            d-9\n  Connection    Test shop\n  Kind          command',
      '  Last success  never\n',
    ]) {
      expect(ran.out).toContain(words);
    }
    expect(JSON.parse((await cli(['deliveries', 'list', '--json'])).out)).toMatchObject({ deliveries: [{ id: 'd-1' }, { id: 'd-2' }, { id: 'd-9' }] });
  });

  it('says what to type where that is what helps, for the one connection alone', async () => {
    const changed = deliveryView({ id: 'd-4', standing: 'needs-owner', code: 'changed-by-hand', text: 'Somebody changed it.' });
    const cases = [
      [{ code: 'changed-by-hand' }, 'npx evertoken deliver --overwrite'],
      [{ code: 'two-values' }, 'npx evertoken deliver --overwrite'],
      [{ code: 'moved' }, 'npx evertoken deliver --overwrite'],
      [{ code: 'vanished' }, 'npx evertoken deliver'],
      [{ code: 'command-failed', kind: 'command' }, 'npx evertoken deliver'],
      [{ code: 'own-folder' }, null],
      [{ code: 'command-failed', kind: 'command', standing: 'failed' }, null],
    ] as const;
    for (const [change, command] of cases) {
      const { cli } = await openEvertoken({}, { deliveries: [{ ...changed, ...change }] });
      for (const asked of [['deliveries', 'list'], ['status']]) {
        const { out } = await cli(asked);
        if (command === null) expect(out).not.toContain('  Command ');
        else expect(out).toContain(`  Command       ${command}\n`);
      }
    }
    const { cli } = await openEvertoken(two, { deliveries: [{ ...changed, connection: 'c-test' }] });
    expect((await cli(['deliveries', 'list'])).out).toContain('  Command       npx evertoken deliver c-test --overwrite\n');
    expect((await cli(['status'])).out).toContain('  Command       npx evertoken deliver c-test --overwrite\n');
  });

  it('with none says how to add one', async () => {
    const { cli } = await openEvertoken();
    expect(await cli(['deliveries', 'list'])).toMatchObject({ exit: 0, out: "Nothing is delivered yet. Add your bot's .env file: npx evertoken deliveries add FILE\n" });
  });
});

describe('deliveries in the status', () => {
  it('those that are not done stand with their connection; those that are do not', async () => {
    const { cli } = await openEvertoken(two, { deliveries: [deliveryView(), failed, deliveryView({ id: 'd-3', target: '/srv/third/.env', standing: 'pending', connection: 'c-test' })] });
    const { out } = await cli(['status']);
    const [main = '', test = ''] = out.split('\n\n');
    expect(main).toContain('  Delivery      /srv/other/.env: failed, is tried again. The file can only be read. Change its permissions.');
    expect(test).toContain('  Delivery      /srv/third/.env: waiting for its turn');
    expect(out).not.toContain('/srv/bot/.env');
  });

  it('one whose connection is gone stands by itself, and a command without anything to do nowhere', async () => {
    const orphan = deliveryView({ id: 'd-4', connection: 'c-gone', target: '/srv/gone/.env', standing: 'needs-owner', code: 'no-connection', text: 'Its connection is gone. Remove it.' });
    const command = deliveryView({ id: 'd-5', kind: 'command', target: 'pm2 restart bot', standing: 'pending', code: 'waits-for-token', text: 'It runs after the next new token.' });
    const { cli } = await openEvertoken({}, { deliveries: [orphan, command] });
    const ran = await cli(['status']);
    expect(ran.exit).toBe(1);
    expect(ran.out).toContain('\n\n/srv/gone/.env: needs you. Its connection is gone. Remove it.\n');
    expect(ran.out).not.toContain('pm2');
  });

  it('what an alert says of one is said once', async () => {
    const alert = alertView({ id: 'c-main/delivery-failed/d-2', code: 'delivery-failed', text: `Main shop: ${failed.text ?? ''}` });
    const { cli } = await openEvertoken({ status: statusOf([connectionView({ alerts: [alert] })]) }, { deliveries: [failed] });
    const { out } = await cli(['status']);
    expect(out.split('The file can only be read.')).toHaveLength(2);
    expect(out).toContain('  Delivery      /srv/other/.env: failed, is tried again\n');
    expect(out).toContain('[delivery-failed]');
  });

  const seen = alertView({ id: 'c-main/delivery-failed/d-2', code: 'delivery-failed', acknowledgedAt: '2030-01-01T11:00:00.000Z' });
  it.each([
    ['done', deliveryView(), [], 0],
    ['waiting for its turn', deliveryView({ standing: 'pending' }), [], 0],
    ['failed', failed, [], 1],
    ['failed, which the owner has seen', failed, [seen], 0],
    ['failed, where another one was seen', failed, [{ ...seen, id: 'c-main/delivery-failed/d-1' }], 1],
    ['changed by hand', deliveryView({ standing: 'needs-owner', code: 'changed-by-hand', text: 'Somebody changed it.' }), [], 1],
  ])('one that is %s → exit', async (_name, delivery, alerts, exit) => {
    const { cli } = await openEvertoken({ status: statusOf([connectionView({ alerts })]) }, { deliveries: [delivery] });
    expect((await cli(['status'])).exit).toBe(exit);
  });
});

describe('evertoken open', () => {
  it('prints a fresh link, through either door', async () => {
    for (const doors of [['port'], ['socket']] as const) {
      const { cli } = await openEvertoken({}, { doors, page: true });
      expect(await cli(['open'])).toMatchObject({ exit: 0, err: '', out: 'http://127.0.0.1:28743/#open=test-link\n' });
    }
  });

  it('the desktop app has its window instead', async () => {
    const { cli } = await openEvertoken({}, { doors: ['socket'] });
    const ran = await cli(['open']);
    expect([ran.exit, ran.out]).toEqual([1, '']);
    expect(ran.err).toContain('click its icon in the tray');
  });
});
