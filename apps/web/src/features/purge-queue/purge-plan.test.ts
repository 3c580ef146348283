import { describe, expect, it } from 'vitest'
import { isNamed, purgePlan } from './purge-plan.ts'

describe('purgePlan', () => {
  it('tells how many would be dropped, also where that is not known', () => {
    expect(purgePlan({ type: 'quorum', messagesReady: 312 })).toEqual({ possible: true, ready: 312 })
    expect(purgePlan({ type: 'classic', messagesReady: null })).toEqual({ possible: true, ready: null })
  })

  it('says why a stream and an empty queue are left alone', () => {
    expect(purgePlan({ type: 'stream', messagesReady: 312 })).toEqual({ possible: false, why: 'stream' })
    expect(purgePlan({ type: 'classic', messagesReady: 0 })).toEqual({
      possible: false,
      why: 'nothingReady',
    })
  })
})

describe('isNamed', () => {
  it('takes the name itself, and what a paste adds around it', () => {
    expect(isNamed('alerts.dead-letter', 'alerts.dead-letter')).toBe(true)
    expect(isNamed(' alerts.dead-letter\n', 'alerts.dead-letter')).toBe(true)
    expect(isNamed('alerts.dead', 'alerts.dead-letter')).toBe(false)
    expect(isNamed('Alerts.dead-letter', 'alerts.dead-letter')).toBe(false)
  })

  it('takes nothing typed for no name but the one that is nothing but spaces', () => {
    expect(isNamed('', 'a')).toBe(false)
    expect(isNamed('', '  ')).toBe(false)
    expect(isNamed('  ', '  ')).toBe(true)
  })
})
