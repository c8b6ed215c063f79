import type { Outcome } from '../contract/outcome.ts';
import { printable } from '../core/words/printable.ts';
import type { Report } from './report.ts';

/** What the keeper said, as a report: exit 0 where it did what was asked, else 1. `notes` are sentences of the command's own. */
export function outcomeReport(outcome: Outcome, notes: readonly string[] = []): Report {
  const details = outcome.details.map((detail) => `  - ${printable(detail)}`);
  return {
    exit: outcome.ok ? 0 : 1,
    lines: [...notes, printable(outcome.message), ...details],
    json: notes.length === 0 ? outcome : { ...outcome, notes },
  };
}
