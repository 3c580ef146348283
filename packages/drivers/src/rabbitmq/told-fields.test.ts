import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { MessageStats, rateOf, toldNumber, toldObject, toldSeconds, toldText } from './told-fields.ts'

const Row = z.object({ count: toldNumber, text: toldText, object: toldObject, at: toldSeconds })

describe('told fields', () => {
  it('are null where they are absent, null, or a word in place of a number', () => {
    const untold = { count: null, text: null, object: null, at: null }
    expect(Row.parse({})).toEqual(untold)
    expect(Row.parse({ count: null, text: null, object: null, at: null })).toEqual(untold)
    expect(Row.parse({ count: 'unknown', text: '', object: 3, at: '' })).toEqual(untold)
  })

  it('keep a measured zero and take an empty array for an object without fields', () => {
    expect(Row.parse({ count: 0, text: 'a', object: [] })).toMatchObject({ count: 0, text: 'a', object: {} })
  })

  it('read publishing times in seconds, and in milliseconds where a publisher wrote those', () => {
    expect(Row.parse({ at: 1_700_000_000 }).at).toBe(1_700_000_000_000)
    expect(Row.parse({ at: 1_700_000_000_123 }).at).toBe(1_700_000_000_123)
  })
})

describe('rateOf', () => {
  const stats = MessageStats.parse({ publish_details: { rate: 2.5 }, ack_details: { rate: -1 } })

  it('tells a rate, and 0 for what never happened while statistics are kept', () => {
    expect(rateOf(stats, 'publish_details', true)).toBe(2.5)
    expect(rateOf(stats, 'deliver_get_details', true)).toBe(0)
    expect(rateOf(MessageStats.parse(undefined), 'publish_details', true)).toBe(0)
    expect(rateOf(MessageStats.parse([]), 'publish_details', true)).toBe(0)
  })

  it('is null without statistics, and for rates that cannot be', () => {
    expect(rateOf(stats, 'publish_details', false)).toBeNull()
    expect(rateOf(stats, 'ack_details', true)).toBeNull()
    const absurd = MessageStats.parse({ publish_details: { rate: 3e11 } })
    expect(rateOf(absurd, 'publish_details', true)).toBeNull()
  })
})
