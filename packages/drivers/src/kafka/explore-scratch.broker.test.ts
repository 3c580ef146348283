import { Consumer, offsetCommitV9, findCoordinatorV6, createTopicsV7, consumerGroupDescribeV0, describeGroupsV5 } from '@platformatic/kafka'
import { it } from 'vitest'
import { kafkaTestTarget } from '../testing/index.ts'
import { BrokerConnection } from './broker-connection.ts'
import { shareGroupDescribeV1 } from './share-groups.ts'
import { KafkaTestKit } from './test-kit.ts'
const target = kafkaTestTarget()!
it('explores', async () => {
  const kit = new KafkaTestKit(target)
  const [host = '', port = ''] = target.bootstrap[0]!.split(':')
  const c = new BrokerConnection(target, async (h) => h, { host, port: Number(port) })
  const topic = await kit.createTopic({ partitions: 2 })
  const commit = async (what: string, g: string, t = topic, parts = [0, 1]) => {
    try {
      await c.call('FindCoordinator', [findCoordinatorV6.api], 0, [g])
      const a = await c.call('OffsetCommit', [offsetCommitV9.api], g, -1, '', null, [{ name: t, partitions: parts.map((p) => ({ partitionIndex: p, committedOffset: 0n, committedLeaderEpoch: -1, committedMetadata: null })) }])
      console.log(what, JSON.stringify(a.topics.map((t) => t.partitions)))
    } catch (e) { console.log(what, 'THROWN', (e as Error).message) }
    const d = async (name: string, api: any, arg: any[]) => { try { const a: any = await c.call(name, [api], ...arg); console.log('   ', name, a.groups.map((x: any) => [x.errorCode, x.errorMessage, x.groupState, x.members.length])) } catch (e) { console.log('   ', name, (e as Error).message) } }
    await d('DescribeGroups', describeGroupsV5.api, [[g], false])
    await d('ConsumerGroupDescribe', consumerGroupDescribeV0.api, [[g], false])
    await d('Share', shareGroupDescribeV1, [[g]])
  }
  const g1 = kit.name('group')
  await commit('new group', g1)
  await commit('unknown partition', g1, topic, [0, 7])
  await commit('unknown topic', g1, 'weir-nope', [0])
  await commit('empty id', '')
  const classic = kit.name('classic')
  const consumer = kit.kafka.consumer({ groupId: classic })
  await consumer.connect(); await consumer.subscribe({ topic }); 
  const joined = new Promise((r) => consumer.on('consumer.group_join', r))
  await consumer.run({ eachMessage: async () => {} }); await joined
  await commit('classic live', classic)
  await consumer.disconnect()
  await commit('classic empty', classic)
  const nw = kit.name('new')
  const k = new Consumer({ clientId: 'x', groupId: nw, groupProtocol: 'consumer', bootstrapBrokers: [...target.bootstrap], sasl: { mechanism: 'SCRAM-SHA-512', username: target.sasl!.username, password: target.sasl!.password } } as any)
  const s = await k.consume({ topics: [topic] } as any)
  await new Promise((r) => setTimeout(r, 2500))
  await commit('848 live', nw)
  await s.close(); await k.close(true)
  await commit('848 empty', nw)
  const share = kit.name('share')
  await kit.joinShareGroup(share, topic)
  await commit('share live', share)
  const ct = async (what: string, t: any, v = true) => { try { const a = await c.call('CreateTopics', [createTopicsV7.api], [{ numPartitions: 1, replicationFactor: 1, assignments: [], configs: [], ...t }], 1500, v); console.log(what, JSON.stringify(a.topics.map(({ errorCode, errorMessage, numPartitions }) => [errorCode, errorMessage, numPartitions]))) } catch (e) { console.log(what, 'THROWN', (e as Error).message) } }
  await ct('ok', { name: kit.name('t') })
  await ct('exists', { name: topic })
  await ct('rf', { name: kit.name('t'), replicationFactor: 5 })
  await ct('parts', { name: kit.name('t'), numPartitions: 0 })
  await ct('conf', { name: kit.name('t'), configs: [{ name: 'retention.ms', value: 'abc' }] })
  await ct('conf2', { name: kit.name('t'), configs: [{ name: 'retentio', value: '1' }] })
  await ct('conf3', { name: kit.name('t'), configs: [{ name: 'retention.ms', value: '-5' }] })
  await ct('name', { name: 'a b' })
  await ct('collide', { name: topic.replaceAll('.', '_') })
  c.close()
  await kit.dispose()
})
