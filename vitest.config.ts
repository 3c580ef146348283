import { defineConfig } from 'vitest/config'

/**
 * unit: beside the code, no network. web: the page's units, in jsdom.
 * brokers: against the real brokers that `npm test` starts; their files run side by side, so each makes its own
 * queues, topics, users and ports.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['apps/bff/**/*.test.ts', 'packages/**/*.test.ts'],
          exclude: ['**/*.broker.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'web',
          environment: 'jsdom',
          include: ['apps/web/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'brokers',
          include: ['apps/bff/**/*.broker.test.ts', 'packages/**/*.broker.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
})
