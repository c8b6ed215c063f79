import { describe } from 'vitest';
import { yearsKeepTheirPromises } from './years.ts';

describe('simulated years, part 4 of 4', () => {
  yearsKeepTheirPromises(226, 75);
});
