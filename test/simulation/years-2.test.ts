import { describe } from 'vitest';
import { yearsKeepTheirPromises } from './years.ts';

describe('simulated years, part 2 of 4', () => {
  yearsKeepTheirPromises(76, 75);
});
