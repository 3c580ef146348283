import { describe, expect, it } from 'vitest'
import { countsOf } from './stream-counts.ts'

const page = (labels: string, ready: number, unacked: number) =>
  [
    '# TYPE rabbitmq_detailed_queue_messages_ready gauge',
    `rabbitmq_detailed_queue_messages_ready{${labels}} ${ready}`,
    `rabbitmq_detailed_queue_messages_unacked{${labels}} ${unacked}`,
    `rabbitmq_detailed_queue_messages{${labels}} ${ready + unacked}`,
    `rabbitmq_detailed_queue_process_reductions_total{${labels}} 99`,
  ].join('\n')

describe('countsOf', () => {
  const streams = [
    ['plain', { vhost: 'v', name: 's' }],
    ['quoted', { vhost: 'v', name: 'a"} b' }],
  ] as const

  it('reads names with quotes as 3.10 writes them, and escaped', () => {
    for (const name of ['a"} b', 'a\\"} b']) {
      const counts = countsOf(streams, [page(`vhost="v",queue="${name}"`, 4, 1)])
      expect([...counts]).toEqual([['quoted', { messages: 5, messagesReady: 4, messagesUnacknowledged: 1 }]])
    }
  })

  it('sums what the nodes tell and leaves out what is no stream', () => {
    const pages = [
      page('vhost="v",queue="s"', 4, 1),
      page('vhost="v",queue="s"', 2, 0),
      page('vhost="v",queue="q"', 9, 9),
    ]
    expect([...countsOf(streams, pages)]).toEqual([
      ['plain', { messages: 7, messagesReady: 6, messagesUnacknowledged: 1 }],
    ])
  })
})
