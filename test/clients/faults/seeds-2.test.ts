import { describe } from 'vitest';
import { seedsKeepTheirPromises } from './seeds.ts';

describe('sends under faults, part 2 of 2', () => {
  seedsKeepTheirPromises(101, 100);
});
