import type { Invariant } from '../oracle/verdicts.ts';
import type { Scenario } from '../world/scenario.ts';
import type { Defect } from '../world/world.ts';
import { believesExpiresIn, exchangesNeverExpiring, oneFailureEndsRenewing, promotesBeforeProof, silenceIsExpiry } from './meta-defects.ts';
import { tellsAgainAfterRestart, twoKeepers, waitsWholeTime } from './process-defects.ts';
import { dropsOldEarly, nullIsAbsent, skipsReadBack } from './vault-defects.ts';

/** A planted defect, and the promises that it breaks: the run must find one of them. */
export interface PlantedDefect {
  readonly name: string;
  readonly breaks: readonly Invariant[];
  readonly plant: () => Defect;
  /** What kind of year brings it out soonest; left to the seed where not said. */
  readonly shape?: Partial<Scenario>;
}

/** The defects that wrapping can plant. Those of the policy itself are planted by replacing its module, in tests of their own. */
export const PLANTED: readonly PlantedDefect[] = [
  { name: 'promote before proof', breaks: ['worse-replaces-good'], plant: promotesBeforeProof },
  { name: 'no read-back after staging', breaks: ['promoted-without-custody'], plant: skipsReadBack },
  { name: 'null taken as absent while a marker stands', breaks: ['false-lost', 'good-token-erased', 'staged-forgotten'], plant: nullIsAbsent },
  { name: 'the old token dropped before promotion', breaks: ['current-erased'], plant: dropsOldEarly },
  { name: 'one failure ends renewing', breaks: ['not-renewed-when-due'], plant: oneFailureEndsRenewing },
  { name: 'a timer for the whole wait', breaks: ['exchange-storm', 'not-renewed-when-due'], plant: waitsWholeTime },
  { name: 'silence counted as expired', breaks: ['false-expired'], plant: silenceIsExpiry },
  { name: 'a never-expiring token exchanged', breaks: ['never-expiring-exchanged'], plant: exchangesNeverExpiring },
  { name: 'a rung told again after a restart', breaks: ['rung-twice'], plant: tellsAgainAfterRestart },
  { name: 'two renewals at once', breaks: ['two-renewals'], plant: twoKeepers },
  { name: 'expires_in believed instead of debug_token', breaks: ['worse-replaces-good', 'no-progress-promoted'], plant: believesExpiresIn },
];
