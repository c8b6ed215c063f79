import { describe } from 'vitest';
import { yearsKeepTheirPromises } from './years.ts';

describe('simulated years, part 3 of 4', () => {
  yearsKeepTheirPromises(151, 75);
});
