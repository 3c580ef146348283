import { defineConfig } from 'vitest/config'

/**
 * unit: beside the code, no network. web: the page's units, in jsdom.
 * brokers: against the real brokers that `npm test` starts; their files run side by side, so each makes its own
 * queues, topics, users and ports. faults: with brokers of a test's own that start and die, which would make everything
 * beside them late.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Generous: what a test waits for is a fact, and a busy machine takes longer over it.
          testTimeout: 30_000,
          include: ['apps/bff/**/*.test.ts', 'packages/**/*.test.ts'],
          exclude: ['**/*.broker.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'web',
          testTimeout: 30_000,
          environment: 'jsdom',
          include: ['apps/web/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'brokers',
          include: ['apps/bff/**/*.broker.test.ts', 'packages/**/*.broker.test.ts'],
          exclude: ['**/*-faults.broker.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['packages/**/*-faults.broker.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
