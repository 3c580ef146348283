import { describe, expect, it } from 'vitest'
import { movedOffsets, sizeOf, targetOf } from './change-words.ts'

describe('targetOf', () => {
  const read = (procedure: string, target: string) => targetOf({ procedure, target })

  it('reads what the server wrote down', () => {
    expect(read('rabbitmq.purgeQueue', 'queue alerts.dead-letter in vhost aurora')).toEqual({
      ...{ kind: 'queue', name: 'alerts.dead-letter', vhost: 'aurora' },
    })
    expect(read('rabbitmq.purgeQueue', 'queue a in vhost b in vhost /')).toEqual({
      ...{ kind: 'queue', name: 'a in vhost b', vhost: '/' },
    })
    expect(read('kafka.createTopic', 'topic aurora.load')).toEqual({ kind: 'topic', name: 'aurora.load' })
    expect(read('kafka.resetOffsets', 'group a on topic b on topic aurora.load')).toEqual({
      ...{ kind: 'group', name: 'a on topic b', topic: 'aurora.load' },
    })
    expect(read('mqtt.disableUser', 'user aurora-hall')).toEqual({ kind: 'user', name: 'aurora-hall' })
  })

  it('shows as it is what it does not know', () => {
    expect(read('kafka.deleteTopic', 'topic x')).toEqual({ kind: 'other', name: 'topic x' })
    expect(read('mqtt.enableUser', 'aurora-hall')).toEqual({ kind: 'other', name: 'aurora-hall' })
    expect(read('toString', 'x')).toEqual({ kind: 'other', name: 'x' })
  })
})

describe('sizeOf', () => {
  it('is the number that matters, and unknown where it was not written', () => {
    const entry = (procedure: string, before: Record<string, unknown> | null, after = null) => ({
      ...{ procedure, before, after },
    })
    expect(sizeOf(entry('rabbitmq.purgeQueue', { messagesReady: 312 }))).toBe(312)
    expect(sizeOf(entry('rabbitmq.purgeQueue', { messagesReady: null }))).toBe(null)
    expect(sizeOf(entry('kafka.resetOffsets', { offsets: [{}, {}] }))).toBe(2)
    expect(sizeOf(entry('mqtt.disableUser', { clientIds: [] }))).toBe(0)
    expect(sizeOf(entry('mqtt.enableUser', null))).toBe(null)
  })
})

describe('movedOffsets', () => {
  it('puts before and after beside each other', () => {
    const before = {
      offsets: [
        { partition: 0, offset: '20' },
        { partition: 1, offset: null },
      ],
    }
    const after = { offsets: [{ partition: 0, offset: '0' }] }
    expect(movedOffsets({ before, after })).toEqual([
      { partition: 0, from: '20', to: '0' },
      { partition: 1, from: null, to: null },
    ])
    expect(movedOffsets({ before: { disabled: false }, after: null })).toBe(null)
    expect(movedOffsets({ before: { offsets: ['x', { partition: 'y', offset: 1 }] }, after: null })).toEqual(
      [],
    )
  })
})
