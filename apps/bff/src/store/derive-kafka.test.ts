import { expect, it } from 'vitest'
import { KafkaTestCluster } from '../views/kafka-test-cluster.ts'
import { topicRateKey } from './derive-kafka.ts'

const at = 1_800_000_000_000
const partition = (logEndOffset: bigint, observedAt: number) => ({
  logStartOffset: 0n,
  logEndOffset,
  observedAt,
})

/** One reading of a topic of two partitions, each read at its own time. */
function read(cluster: KafkaTestCluster, now: number, ends: readonly ReturnType<typeof partition>[]) {
  const partitions = ends.map((end, index) => ({ partition: index, ...end }))
  const topic = { topic: 'orders', topicId: 'id', partitions }
  cluster.put('kafka.offsets', new Map([['orders', topic]]), now)
  return () => cluster.derived.rates.rate(topicRateKey('cluster', topic))
}

it('neither dips nor jumps while a broker does not answer and when it is back', () => {
  const cluster = new KafkaTestCluster()
  const steady = (second: number) => partition(BigInt(1_000 * second), at + 1_000 * second)
  for (let second = 0; second <= 10; second += 1) {
    read(cluster, at + 1_000 * second, [steady(second), steady(second)])
  }
  const rates: (number | null)[] = []
  for (let second = 11; second <= 30; second += 1) {
    const answered = second <= 20 ? 10 : second
    rates.push(read(cluster, at + 1_000 * second, [steady(second), steady(answered)])())
  }
  for (const rate of rates) {
    expect(rate).toBeGreaterThan(1_500)
    // Its last three seconds before it was missed count as a dip; taken for the truth, all ten would be 3,000.
    expect(rate).toBeLessThan(2_400)
  }
})
