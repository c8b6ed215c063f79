import { defineConfig } from 'vitest/config';
import ordinary from './vitest.config.ts';

// Takes pictures instead of testing: the files that end in .shots.ts. Run by scripts/screenshots.js.
export default defineConfig({ ...ordinary, test: { ...ordinary.test, include: ['test/**/*.shots.ts'] } });
