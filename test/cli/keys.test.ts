import { describe, expect, it } from 'vitest';
import { connectionView, statusOf } from '../fakes/keeper.ts';
import { openEvertoken } from './house.ts';

const two = { status: statusOf([connectionView({ id: 'c-main', label: 'Main shop' }), connectionView({ id: 'c-test', label: 'Test shop' })]) };
const KEY = /^evk_[\w-]{43}\n$/;

describe('evertoken keys create', () => {
  it('at a terminal: the key alone on standard output, what it is beside it; and it works', async () => {
    const { cli, keys } = await openEvertoken(two);
    const ran = await cli(['keys', 'create', 'shop-bot'], { terminal: true });
    expect([ran.exit, ran.questions]).toEqual([0, []]);
    expect(ran.out).toMatch(KEY);
    expect(ran.err).toBe('The key for "shop-bot" is made. It is shown this once: put it into the bot now.\n');
    expect(keys.find(ran.out.trim())).toMatchObject({ name: 'shop-bot', rights: ['graph'], connections: null });
  });

  it('into a pipe only where that is said: nothing is made before', async () => {
    const { cli, keys } = await openEvertoken(two);
    const refused = await cli(['keys', 'create', 'shop-bot']);
    expect([refused.exit, refused.out, keys.list()]).toEqual([2, '', []]);
    expect(refused.err).toContain('run this again with --print (the key alone) or --json');
    const printed = await cli(['keys', 'create', 'shop-bot', '--print']);
    expect([printed.exit, keys.find(printed.out.trim())?.name]).toEqual([0, 'shop-bot']);
    expect(printed.out).toMatch(KEY);
  });

  it('--json is all of the answer, and nothing beside it', async () => {
    const { cli, keys } = await openEvertoken(two);
    const ran = await cli(['--json', 'keys', 'create', 'shop-bot']);
    const answer = JSON.parse(ran.out) as { key: string; id: string };
    expect([ran.exit, ran.err, answer]).toMatchObject([0, '', { ok: true, code: 'key-created', id: keys.list()[0]?.id }]);
    expect(keys.find(answer.key)?.id).toBe(answer.id);
  });

  it('with the rights and connections that were named, by id or label', async () => {
    const { cli, keys } = await openEvertoken(two);
    await cli(['keys', 'create', 'reader', '--right', 'token', '--right', 'status', '--right', 'token', '--connection', 'test shop', '--connection', 'c-test', '--print']);
    await cli(['keys', 'create', 'both', '--connection', 'c-main', '--connection', 'Test shop', '--print']);
    expect(keys.list()).toMatchObject([
      { name: 'reader', rights: ['token', 'status'], connections: ['c-test'] },
      { name: 'both', rights: ['graph'], connections: ['c-main', 'c-test'] },
    ]);
  });

  it.each([
    ['a right unknown', ['shop-bot', '--right', 'all'], 'A right is one of graph, token, status, refresh.'],
    ['a connection unknown', ['shop-bot', '--connection', 'nowhere'], 'There is no connection of that name'],
    ['no name', [], 'Missing required argument'],
  ])('%s: exit 2, nothing made', async (_name, words, says) => {
    const { cli, keys } = await openEvertoken(two);
    const ran = await cli(['keys', 'create', ...words, '--print']);
    expect([ran.exit, ran.out, keys.list()]).toEqual([2, '', []]);
    expect(ran.err).toContain(says);
  });

  it('a name that is taken: exit 1, no second key', async () => {
    const { cli, keys } = await openEvertoken(two);
    await cli(['keys', 'create', 'shop-bot', '--print']);
    const ran = await cli(['keys', 'create', 'shop-bot', '--print']);
    expect([ran.exit, ran.out, keys.list().length]).toEqual([1, 'There is a key named "shop-bot" already. Choose another name, or revoke that one first.\n', 1]);
  });
});

describe('evertoken keys list', () => {
  it('says whose they are, what they open and what came through, never a key', async () => {
    const { cli, keys } = await openEvertoken(two);
    const { key } = await keys.create({ name: 'shop-bot', rights: ['graph', 'refresh'], connections: ['c-test'] });
    const { id } = await keys.create({ name: 'a\u001b[2Jb', rights: ['token'], connections: null });
    const consumer = keys.find(key ?? '');
    if (consumer !== null) keys.called(consumer, 'c-test', 'f');
    const ran = await cli(['keys', 'list']);
    expect(ran.exit).toBe(0);
    for (const words of ['shop-bot\n', '  May use       graph, refresh\n', '  On            Test shop\n', '  So far        1 call, 0 errors, 0 renewals of the token in between\n', '  On            every connection\n', '  Last used     never\n', `  Id            ${id}\n`, 'a[2Jb\n']) {
      expect(ran.out).toContain(words);
    }
    for (const secret of [key ?? 'no key', '\u001b']) expect(ran.out).not.toContain(secret);
    expect(JSON.parse((await cli(['keys', 'list', '--json'])).out)).toEqual({ keys: keys.list() });
  });

  it('with none says how to make one', async () => {
    const { cli } = await openEvertoken();
    expect(await cli(['keys', 'list'])).toMatchObject({ exit: 0, out: 'There is no key yet. Make one for each bot: npx evertoken keys create NAME\n' });
  });
});

describe('evertoken keys revoke', () => {
  const make = async () => {
    const house = await openEvertoken(two);
    const { key, id } = await house.keys.create({ name: 'Shop Bot', rights: ['graph'], connections: null });
    return { ...house, made: key ?? '', id: id ?? '' };
  };

  it.each([['its name', () => 'Shop Bot'], ['its name in other letters', () => 'shop bot'], ['its id', (id: string) => id], ['how its id begins', (id: string) => id.slice(0, 6)]])('by %s', async (_name, wanted) => {
    const { cli, keys, made, id } = await make();
    expect(await cli(['keys', 'revoke', '--yes', '--', wanted(id)])).toMatchObject({ exit: 0, out: 'The key of "Shop Bot" opens nothing any more.\n' });
    expect(keys.find(made)).toBeNull();
  });

  it('asks first; a no leaves it', async () => {
    const { cli, keys, made } = await make();
    const no = await cli(['keys', 'revoke', 'Shop Bot'], { terminal: true, answers: ['n'] });
    expect([no.exit, no.err, keys.find(made)?.name]).toEqual([1, 'Nothing was revoked.\n', 'Shop Bot']);
    expect((await cli(['keys', 'revoke', 'Shop Bot'], { terminal: true, answers: ['y'] })).exit).toBe(0);
    expect(keys.list()).toEqual([]);
  });

  it('without a terminal needs --yes', async () => {
    const { cli, keys } = await make();
    expect(await cli(['keys', 'revoke', 'Shop Bot'])).toMatchObject({ exit: 2, out: '' });
    expect(keys.list()).toHaveLength(1);
  });

  it('one that is not there is told with those that are; two that are meant are asked about', async () => {
    const { cli, id, keys } = await make();
    expect((await cli(['keys', 'revoke', 'nobody', '--yes'])).err).toBe(`There is no key of that name. There is: "Shop Bot" (${id}).\n`);
    expect((await cli(['keys', 'revoke', '', '--yes'])).exit).toBe(2);
    expect(keys.list()).toHaveLength(1);
    await cli(['keys', 'revoke', 'Shop Bot', '--yes']);
    expect((await cli(['keys', 'revoke', 'Shop Bot', '--yes'])).err).toBe('There is no key yet.\n');
  });

  it('never takes the key itself as its name', async () => {
    const { cli, keys, made } = await make();
    const ran = await cli(['keys', 'revoke', made, '--yes']);
    expect([ran.exit, ran.out, keys.list().length]).toEqual([2, '', 1]);
    expect(ran.err).toContain('Secrets are never given as an argument');
    expect(ran.err).toContain('npx evertoken keys list');
    expect(ran.err).not.toContain(made);
  });
});

describe('half a command', () => {
  it('shows its help and is exit 2, in JSON too', async () => {
    const { cli } = await openEvertoken();
    for (const group of ['keys', 'deliveries']) {
      const half = await cli([group]);
      expect([half.exit, half.out]).toEqual([2, '']);
      expect(half.err).toMatch(new RegExp(`^Usage: evertoken ${group} [^]*\n {2}list `));
      expect(JSON.parse((await cli([group, '--json'])).out)).toMatchObject({ error: { code: 'usage' } });
      expect(await cli([group, 'lst'])).toMatchObject({ exit: 2, out: '', err: "Unknown command 'lst' (Did you mean list?) See: npx evertoken --help\n" });
    }
  });

  it.each([[[]], [['keys']], [['keys', 'create']], [['keys', 'revoke']], [['deliveries']], [['deliveries', 'add']], [['deliveries', 'command']], [['deliver']], [['open']]])('the help of %s fits into 80 columns', async (words) => {
    const { cli } = await openEvertoken();
    const { exit, out } = await cli([...words, '--help']);
    expect([exit, out.split('\n').filter((line) => line.length > 80)]).toEqual([0, []]);
    expect(out).toContain(`Usage: evertoken ${words.join(' ')}`);
  });
});
