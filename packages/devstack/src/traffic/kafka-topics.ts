import type { Kafka } from 'kafkajs'
import { scopesOf } from '../demo-tenants.ts'
import { createTopicsWithLeaders } from '../topics-with-leaders.ts'
import { metrics } from './homes.ts'
import type { TenantPlan } from './traffic-plan.ts'

export const partitionsPerTopic = 6

/**
 * Makes the tenant's topics, by the tenant's own rights. Bounded in time and size, so that a demonstration left
 * running fills no disk: at most 4 topics × 6 partitions × (8 + 2) MB per tenant.
 */
export async function createTopics(plan: TenantPlan, kafka: Kafka): Promise<void> {
  const prefix = scopesOf(plan).kafka.topicPrefix
  const admin = kafka.admin()
  try {
    await admin.connect()
    const there = new Set(await admin.listTopics())
    const missing = metrics.map((metric) => `${prefix}${metric}`).filter((topic) => !there.has(topic))
    if (missing.length === 0) return
    const topics = missing.map((topic) => ({
      topic,
      numPartitions: partitionsPerTopic,
      replicationFactor: 1,
      configEntries: Object.entries(limits).map(([name, value]) => ({ name, value })),
    }))
    await createTopicsWithLeaders(admin, topics)
  } finally {
    await admin.disconnect()
  }
}

const limits = {
  'retention.ms': String(6 * 3_600_000),
  'retention.bytes': String(8 * 1024 * 1024),
  'segment.bytes': String(2 * 1024 * 1024),
  'segment.ms': String(30 * 60_000),
}
