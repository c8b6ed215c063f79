import type { Cure } from '../core/words/cure.ts';

/** The command for each cure. The advice itself names no surface. */
const COMMANDS: Record<Cure, string> = {
  'replace-token': 'npx evertoken replace',
  'give-app': 'npx evertoken replace --app-id ID --app-secret-file FILE',
  unlock: 'npx evertoken refresh',
  refresh: 'npx evertoken refresh',
  check: 'npx evertoken check',
  'choose-number': 'npx evertoken choose-number ID',
};

/** The command that does what the advice says; null where the owner has nothing to type. */
export function nextCommand(cure: Cure | null): string | null {
  return cure === null ? null : COMMANDS[cure];
}
