import { setTimeout as delay } from 'node:timers/promises'
import type { Admin, ITopicConfig } from 'kafkajs'

const lookEveryMs = 100

/**
 * Makes topics, and settles when each partition has a leader. kafkajs's own `waitForLeaders` gives up when the node
 * that it asks hasn't heard of a topic yet, which happens where many are made at once.
 * Throws what Kafka refuses, and when leaders are missing after `timeoutMs`.
 */
export async function createTopicsWithLeaders(
  admin: Admin,
  topics: ITopicConfig[],
  timeoutMs = 30_000,
): Promise<void> {
  await admin.createTopics({ topics, waitForLeaders: false, timeout: timeoutMs })
  const deadline = Date.now() + timeoutMs
  const names = topics.map(({ topic }) => topic)
  while (!(await haveLeaders(admin, names))) {
    if (Date.now() > deadline) throw new Error(`no leaders after ${timeoutMs} ms for ${names.join(', ')}`)
    await delay(lookEveryMs)
  }
}

async function haveLeaders(admin: Admin, topics: string[]): Promise<boolean> {
  try {
    const { topics: found } = await admin.fetchTopicMetadata({ topics })
    return found.every(
      ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
    )
  } catch {
    return false // not heard of yet, or no leader yet: asked again, and given up in time
  }
}
