import { setTimeout as wait } from 'node:timers/promises';
import { randomOf } from '../../simulation/world/random.ts';
import { type Bot, GraphRefusal } from '../bot.ts';
import { type BotHouse, openBotHouse } from '../bot-house.ts';
import { greatDetailBot } from '../great-detail-bot.ts';
import { kapsoBot } from '../kapso-bot.ts';
import { type PlainBot, plainBot } from '../plain-bot.ts';
import { whatsappApiJsBot } from '../whatsapp-api-js-bot.ts';
import { type Happened, judge, type Outcome, type Violation } from './judge.ts';
import { type Deed, planOf, type Round } from './plan.ts';
import { type Defect, startWitness, type Witness } from './witness.ts';

/** What one seed came to. */
export interface RunReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** What happened, in order. */
  readonly happened: readonly Happened[];
  /** Sends that Meta counted. */
  readonly sent: number;
}

/** Short, so that a Meta that hangs costs a run seconds and not a minute; and still much longer than anything takes on a busy machine, ms. */
const LIMITS = { answerMs: 3_000, answerIdleMs: 3_000, connectMs: 3_000 };
/** Beyond this a call counts as never answered, ms. */
const PATIENCE = 60_000;
const PICTURE = Uint8Array.from({ length: 5_000 }, (_, at) => at % 251);

/** Runs the plan of a seed and judges it by what Meta saw. `defect` makes the gateway a bad one. */
export async function runSeed(seed: number, defect: Defect | null = null): Promise<RunReport> {
  const plan = planOf(randomOf(seed));
  const started: Witness[] = [];
  const house = await openBotHouse({
    limits: LIMITS,
    graphUrl: async (metaUrl) => {
      const one = await startWitness(metaUrl, defect);
      started.push(one);
      return one.url;
    },
  });
  const [witness] = started;
  if (witness === undefined) throw new Error('there is no witness');
  const run = new Run(house, witness, seed);
  try {
    for (const round of plan) await run.play(round);
    const happened = run.happened;
    const tokens = house.house.meta.world.tokens.all().map(({ value }) => value);
    const sent = house.house.meta.world.sent();
    return { seed, happened, sent: sent.length, violations: judge({ happened, attempts: witness.attempts, sent, tokens, key: house.settings.key }) };
  } finally {
    await house.stop();
    await witness.stop();
  }
}

class Run {
  readonly happened: Happened[] = [];
  readonly #house: BotHouse;
  readonly #witness: Witness;
  readonly #seed: number;
  readonly #bots: readonly Bot[];
  readonly #plain: PlainBot;
  #mediaId = '';
  #count = 0;
  #round = 0;

  constructor(house: BotHouse, witness: Witness, seed: number) {
    this.#house = house;
    this.#witness = witness;
    this.#seed = seed;
    this.#plain = plainBot(house.settings);
    this.#bots = [kapsoBot(house.settings), greatDetailBot(house.settings), whatsappApiJsBot(house.settings), this.#plain];
  }

  async play({ happening, faults, deeds }: Round): Promise<void> {
    this.#round += 1;
    const { meta } = this.#house.house;
    if (this.#mediaId === '') this.#mediaId = await this.#plain.upload(PICTURE);
    meta.faults.set(...faults);
    const calm = faults.length === 0 && happening === 'none';
    if (happening === 'overtaken') await this.#overtaken(deeds);
    else {
      const work = deeds.map(({ bot, deed }) => this.#do(bot, deed, calm));
      if (happening === 'renewal') await this.#house.refresh();
      if (happening === 'death') meta.world.logout(this.#house.tokenInUse());
      await Promise.all(work);
    }
    meta.faults.clear();
    if (happening === 'death') await this.#giveNewToken();
    this.#house.house.advance(60_000);
  }

  /** Sends wait on their way until a newer token is in use and Meta has ended theirs: each must go out all the same, at its second try. */
  async #overtaken(deeds: Round['deeds']): Promise<void> {
    const held = this.#witness.hold((method, target) => method === 'POST' && target.includes('/messages'));
    const work = deeds.map(({ bot, deed }) => this.#do(bot, deed, true));
    await held.arrived(deeds.length);
    const old = this.#house.tokenInUse();
    await this.#giveNewToken();
    this.#house.house.meta.world.logout(old);
    held.release();
    await Promise.all(work);
  }

  async #giveNewToken(): Promise<void> {
    const { ok, message } = await this.#house.replace(this.#house.issueToken());
    if (!ok) throw new Error(`seed ${this.#seed}: the token could not be replaced: ${message}`);
  }

  async #do(number: number, deed: Deed, mustWork: boolean): Promise<void> {
    const bot = this.#bots[number] ?? this.#plain;
    this.#count += 1;
    // A send is known by its recipient: the one thing that a text and a template have in common.
    const to = `1555${String(this.#count).padStart(7, '0')}`;
    const sends = deed === 'text' || deed === 'template';
    const work = this.#outcome(bot, deed, to);
    const outcome = await Promise.race([work, wait(PATIENCE, { kind: 'unanswered' } as const, { ref: false })]);
    this.happened.push({ round: this.#round, client: bot.client, deed, to: sends ? to : null, mustWork, outcome });
  }

  async #outcome(bot: Bot, deed: Deed, to: string): Promise<Outcome> {
    try {
      return { kind: 'done', id: await this.#deed(bot, deed, to) };
    } catch (error) {
      if (error instanceof GraphRefusal) return { kind: 'refused', refusal: error };
      return { kind: 'threw', error };
    }
  }

  async #deed(bot: Bot, deed: Deed, to: string): Promise<string> {
    switch (deed) {
      case 'text':
        return bot.sendText(to, `Seed ${this.#seed}, to ${to}`);
      case 'template':
        return bot.sendTemplate(to, 'order_ready');
      case 'read':
        return bot.readNumber();
      case 'templates':
        return (await this.#plain.templates()).join(' ');
      case 'upload':
        return bot.upload(PICTURE);
      case 'download':
        return Buffer.from(await bot.download(this.#mediaId)).equals(PICTURE) ? 'the same file' : 'another file';
    }
  }
}
