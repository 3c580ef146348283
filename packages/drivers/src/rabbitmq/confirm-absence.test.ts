import { describe, expect, it } from 'vitest'
import { confirmAbsence, missingNote, nothingYet } from './confirm-absence.ts'

const list = (...names: string[]) => new Map(names.map((name) => [name, { vhost: name[0] ?? '', name }]))

describe('confirmAbsence', () => {
  it('keeps a row that one list lacks and drops it when the next one lacks it too', () => {
    const first = confirmAbsence(nothingYet(), list('a1', 'a2'))
    expect(missingNote(first)).toBeNull()
    const second = confirmAbsence(first, list('a1'))
    expect([...second.rows.keys()]).toEqual(['a1', 'a2'])
    expect(missingNote(second)).toContain('1')
    const third = confirmAbsence(second, list('a1'))
    expect([...third.rows.keys()]).toEqual(['a1'])
    expect(missingNote(third)).toBeNull()
  })

  it('starts to count anew for a row that came back', () => {
    let confirmed = confirmAbsence(nothingYet(), list('a1', 'a2'))
    for (const names of [['a1'], ['a1', 'a2'], ['a1']]) confirmed = confirmAbsence(confirmed, list(...names))
    expect(confirmed.rows.has('a2')).toBe(true)
  })

  it('keeps nothing that the new list would not hold', () => {
    const both = confirmAbsence(nothingYet<{ vhost: string }>(), list('a1', 'b1'))
    const narrowed = confirmAbsence(both, list('a1'), ({ vhost }) => vhost === 'a')
    expect([...narrowed.rows.keys()]).toEqual(['a1'])
    expect(missingNote(narrowed)).toBeNull()
  })

  it('empties a list only when it is empty twice', () => {
    const full = confirmAbsence(nothingYet(), list('a1', 'a2'))
    const once = confirmAbsence(full, list())
    expect(once.rows.size).toBe(2)
    expect(confirmAbsence(once, list()).rows.size).toBe(0)
  })
})
