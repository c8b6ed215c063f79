import { defineConfig } from 'vitest/config';
import ordinary from './vitest.config.ts';
export default defineConfig({ ...ordinary, test: { ...ordinary.test, include: ['test/renderer/h7.shots.ts'], testTimeout: 15000 } });
