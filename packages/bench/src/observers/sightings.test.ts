import { describe, expect, it } from 'vitest'
import { Sightings } from './sightings.ts'

const never = new AbortController().signal

describe('Sightings', () => {
  it('tells when a value was first seen, and by whose key', async () => {
    const sightings = new Sightings()
    const seen = sightings.next('a', (value) => value >= 500, never)
    sightings.see('b', 500, 1)
    sightings.see('a', 499, 2)
    sightings.see('a', 700, 3)
    sightings.see('a', 800, 4)
    expect(await seen).toBe(3)
  })

  it('doesn’t take what it saw before for news', async () => {
    const sightings = new Sightings()
    sightings.see('a', 0, 1)
    const seen = sightings.next('a', (value) => value === 0, never)
    sightings.see('a', 0, 2)
    expect(await seen).toBe(2)
  })

  it('knows nothing of what it gave up on', async () => {
    const sightings = new Sightings()
    const patience = new AbortController()
    const seen = sightings.next('a', () => true, patience.signal)
    patience.abort()
    sightings.see('a', 1, 1)
    expect(await seen).toBeNull()
  })

  it('waits no longer for what holds already, and says what it saw instead', async () => {
    const sightings = new Sightings()
    sightings.see('a', 5, 1)
    await sightings.until('five', 'a', (value) => value === 5, 1)
    await expect(sightings.until('six', 'a', (value) => value === 6, 5)).rejects.toThrow('last: 5')
  })
})
