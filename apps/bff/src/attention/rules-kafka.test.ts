import { attentionFigures } from '@weir/contract'
import { expect, it } from 'vitest'
import { commit, KafkaTestCluster, topicMeta, wholeCluster } from '../views/kafka-test-cluster.ts'
import { kafkaFindings } from './rules-kafka.ts'

const at = 1_800_000_000_000

/** A topic that gets 50 messages a second for 80 s, and what its one group has committed at each second. */
function findings(committedAt: (second: number) => number, members: number) {
  const cluster = new KafkaTestCluster()
  cluster.topics([topicMeta('orders', { partitions: topicMeta('orders').partitions.slice(0, 1) })])
  cluster.groups([{ groupId: 'billing', members }])
  for (let second = 0; second <= 80; second += 1) {
    const commits = { billing: [commit('orders', 0, BigInt(committedAt(second)))] }
    cluster.tick(at + 1_000 * second, { orders: [BigInt(50 * second)] }, commits)
  }
  return kafkaFindings(cluster.part(wholeCluster)).map(({ rule, figures }) => {
    // What the contract says of the rule is what the page words.
    expect(Object.keys(figures).sort()).toEqual(['name', ...attentionFigures[rule]].sort())
    return [rule, figures.lag]
  })
}

it('says that a group falls behind when it reads half of what comes', () => {
  expect(findings((second) => 25 * second, 2)).toContainEqual(['groupFallingBehind', 2_000])
})

it('says that nobody reads when the group has no members', () => {
  expect(findings(() => 0, 0)).toContainEqual(['groupWithoutMembers', 4_000])
})

it('says nothing of a group that is behind by what came since its last commit', () => {
  // Every ten seconds it commits all that came: nothing waited then, 400 messages wait eight seconds after the last.
  const told = findings((second) => 50 * (second > 72 ? 72 : second - ((second + 1) % 10)), 2)
  expect(told.filter(([rule]) => String(rule).startsWith('group'))).toEqual([])
})
