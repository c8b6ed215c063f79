import { APP_SECRET_MARK } from './meta-truth.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { Shop } from './shop.ts';

/** A new app secret of Meta's shape, as far as it must be told from everything else. */
export function newAppSecret(random: Random): string {
  return `${APP_SECRET_MARK}${random.text(24)}`;
}

/** The businesses of one year. */
export function drawShops(scenario: Scenario, random: Random): readonly Shop[] {
  return Array.from({ length: scenario.shops }, (_, index) => ({
    name: `Shop ${index + 1}`,
    phoneId: `10000000000${index + 1}`,
    wabaId: `20000000000${index + 1}`,
    appId: `30000000000${index + 1}`,
    hidesType: scenario.hidesType,
    hidesIssuedAt: scenario.hidesIssuedAt,
    longLivedExchange: scenario.longLivedExchange,
    sixtyDaysOnly: scenario.sixtyDaysOnly,
    appSecret: newAppSecret(random),
    mischief: null,
    appRefused: false,
    accessLost: false,
    refusedSecrets: new Set(),
  }));
}
