/** When "What is wrong" speaks, all in one place. Times are how long a thing must hold before it is worth a line. */
export const thresholds = {
  unreachable: { holdMs: 3_000 },
  credentialsRefused: { holdMs: 0 },
  node: { holdMs: 3_000 },
  partitions: { holdMs: 5_000 },
  /** A trend already looks at a whole minute. */
  groupFallingBehind: { leastLag: 100, leastAgeMs: 10_000, holdMs: 5_000 },
  queueBursting: { timesUsual: 3, leastMessages: 500, leastHistory: 4, holdMs: 2_000 },
  queueNearLimit: { share: 0.8, actShare: 0.95, holdMs: 5_000 },
  queueWithoutConsumers: { leastMessages: 50, holdMs: 5_000 },
  clientFlapping: { connects: 5, takeovers: 3, windowMs: 10 * 60_000, holdMs: 0 },
  messagesDropped: { leastPerSecond: 0, holdMs: 2_000 },
} as const
