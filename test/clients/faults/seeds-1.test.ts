import { describe } from 'vitest';
import { seedsKeepTheirPromises } from './seeds.ts';

describe('sends under faults, part 1 of 2', () => {
  seedsKeepTheirPromises(1, 100);
});
