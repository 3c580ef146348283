import { describe, expect, it } from 'vitest'
import { prefixOf, readDraft, type TopicDraft, usualReplicas } from './topic-draft.ts'

const draft: TopicDraft = {
  ...{ name: 'load', partitions: '6', replicationFactor: '3', cleanupPolicy: 'delete', retention: '7d' },
  ...{ ownSpan: '', ownUnit: 'h' },
}
const read = (change: Partial<TopicDraft>, taken: string[] = []) =>
  readDraft({ ...draft, ...change }, 'aurora.', new Set(taken))

describe('readDraft', () => {
  it('puts the prefix in front and retention in ms', () => {
    expect(read({}).topic).toEqual({
      ...{ topic: 'aurora.load', partitions: 6, replicationFactor: 3, cleanupPolicy: 'delete' },
      retentionMs: 604_800_000,
    })
    expect(read({ retention: 'forEver' }).topic?.retentionMs).toBe(-1)
    expect(read({ retention: 'own', ownSpan: '1.5', ownUnit: 'd' }).topic?.retentionMs).toBe(129_600_000)
  })

  it("leaves the broker's default alone, and asks no retention of what is compacted alone", () => {
    expect(read({ retention: 'default' }).topic).not.toHaveProperty('retentionMs')
    expect(read({ cleanupPolicy: 'compact', retention: 'own' }).topic).not.toHaveProperty('retentionMs')
    expect(read({ cleanupPolicy: 'compact,delete' }).topic?.retentionMs).toBe(604_800_000)
  })

  it('says what is wrong where it is wrong', () => {
    expect(read({ name: '' }).mistakes).toEqual({ name: 'missing' })
    expect(read({ name: 'a b' }).mistakes).toEqual({ name: 'characters' })
    expect(read({ name: 'x'.repeat(243) }).mistakes).toEqual({ name: 'tooLong' })
    expect(read({}, ['aurora.load']).mistakes).toEqual({ name: 'taken' })
    expect(readDraft({ ...draft, name: '..' }, '', new Set()).mistakes).toEqual({ name: 'dots' })
    for (const wrong of ['', '0', '1.5', '-3', 'six', '10001']) {
      expect(read({ partitions: wrong })).toEqual({ topic: null, mistakes: { partitions: 'number' } })
    }
    expect(read({ replicationFactor: '33' }).mistakes).toEqual({ replicationFactor: 'number' })
    expect(read({ retention: 'own' }).mistakes).toEqual({ ownSpan: 'missing' })
    expect(read({ retention: 'own', ownSpan: '-1' }).mistakes).toEqual({ ownSpan: 'number' })
  })
})

describe('prefixOf and usualReplicas', () => {
  it('knows what an instance may name', () => {
    expect(prefixOf({ all: true })).toBe('')
    expect(prefixOf({ topicPrefix: 'aurora.', groupPrefix: 'aurora.' })).toBe('aurora.')
  })

  it("takes most topics' replicas, and not Kafka's own", () => {
    const topic = (replicationFactor: number, internal = false) => ({ replicationFactor, internal })
    expect(usualReplicas([topic(3), topic(3), topic(1), topic(1, true), topic(1, true)])).toBe(3)
    expect(usualReplicas([])).toBe(1)
  })
})
