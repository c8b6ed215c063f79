import { describe } from 'vitest';
import { yearsKeepTheirPromises } from './years.ts';

describe('simulated years, part 1 of 4', () => {
  yearsKeepTheirPromises(1, 75);
});
