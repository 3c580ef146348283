import { setTimeout as delay } from 'node:timers/promises'
import { Connection, findCoordinatorV4, offsetCommitV8 } from '@platformatic/kafka'
import type { KafkaBroker } from '@weir/devstack'

/** A broker that was just started makes the topic of commits when it is first asked who coordinates a group. */
const COORDINATOR_WITHIN_MS = 30_000
const groupKey = 0
/** Of a commit that no member makes. */
const noMember = { generation: -1, id: '' }

/**
 * Commits the start of every partition of these topics for groups that nobody reads with, one request per group. By
 * the protocol itself: kafkajs would join each group and read, seconds for each topic.
 */
export async function commitStarts(
  { bootstrap, sasl }: KafkaBroker,
  groups: ReadonlyMap<string, readonly string[]>,
  partitionCount: number,
): Promise<void> {
  const { username, password } = sasl
  const connection = new Connection('weir-bench', {
    ...{ connectTimeout: 5_000, requestTimeout: 10_000 },
    sasl: { mechanism: 'SCRAM-SHA-512', username, password },
  })
  connection.on('error', () => {}) // told by the call below; without a listener it would end the process
  const [host = '', port] = (bootstrap[0] ?? '').split(':')
  await connection.connect(host, Number(port))
  try {
    for (const [groupId, topics] of groups) {
      await untilCoordinated(async () => {
        await findCoordinatorV4.api.async(connection, groupKey, [groupId])
        await commit(connection, groupId, topics, partitionCount)
      })
    }
  } finally {
    await connection.close()
  }
}

function commit(connection: Connection, groupId: string, topics: readonly string[], partitionCount: number) {
  const partitions = Array.from({ length: partitionCount }, (_, partitionIndex) => ({
    ...{ partitionIndex, committedOffset: 0n, committedLeaderEpoch: -1 },
    committedMetadata: '',
  }))
  const wanted = topics.map((name) => ({ name, partitions }))
  const { generation, id } = noMember
  return offsetCommitV8.api.async(connection, groupId, generation, id, null, wanted)
}

/** The last failure is thrown once time is up. */
async function untilCoordinated(work: () => Promise<unknown>): Promise<void> {
  for (const deadline = Date.now() + COORDINATOR_WITHIN_MS; ; await delay(200)) {
    try {
      await work()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}
