import { expect, it } from 'vitest'
import { BootClock } from './boot-clock.ts'

it('takes the first uptime and every later one of the same start for what they are', () => {
  const clock = new BootClock()
  expect(clock.restarted(100, 1_000_000, 5_000)).toBe(false)
  expect(clock.bootAt).toBe(900_000)
  expect(clock.restarted(102, 1_002_900, 5_000)).toBe(false)
  expect(clock.restarted(3_700, 4_604_000, 5_000)).toBe(false)
})

it('notices a start anew, also where the new uptime is the greater', () => {
  const clock = new BootClock()
  clock.restarted(10, 1_000_000, 5_000)
  expect(clock.restarted(20, 1_060_000, 5_000)).toBe(true)
  expect(clock.bootAt).toBe(1_040_000)
  expect(clock.restarted(22, 1_062_000, 5_000)).toBe(false)
})

it('forgives a retained uptime its age', () => {
  const clock = new BootClock()
  clock.restarted(1_000, 1_000_000, 5_000)
  expect(clock.restarted(1_005, 1_070_000, 120_000)).toBe(false)
  expect(clock.restarted(1_071, 1_071_000, 5_000)).toBe(false)
})

it('lets two clocks drift apart for as long as they like', () => {
  const clock = new BootClock()
  const day = 86_400
  clock.restarted(0, 0, 5_000)
  let at = 0
  for (let seconds = 2; seconds < 3 * day; seconds += 2) {
    at += 2_000 * 1.0005
    if (clock.restarted(seconds, at, 5_000)) throw new Error(`a restart at ${seconds} s`)
  }
  expect(clock.restarted(1, at + 2_000, 5_000)).toBe(true)
})
