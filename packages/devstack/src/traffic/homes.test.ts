import { expect, test } from 'vitest'
import { alertFor, routingKeyOf } from './alert-rule.ts'
import { measure, metricOf, sensorsOf, topicOf } from './homes.ts'
import { billingSpeed } from './kafka-groups.ts'
import { createPace } from './pace.ts'
import { rateOf } from './traffic.ts'

const kitchen = { home: 'home-03', room: 'kitchen', metric: 'temperature' } as const
const noon = Date.UTC(2026, 10, 25, 12)

test('every home measures every metric', () => {
  const sensors = sensorsOf({ homes: 2 })
  expect(new Set(sensors.map(({ metric }) => metric)).size).toBe(4)
  expect(new Set(sensors.map(({ home }) => home))).toEqual(new Set(['home-01', 'home-02']))
})

test('a topic tells its metric', () => {
  const topic = topicOf('aurora/', kitchen)
  expect(topic).toBe('aurora/home-03/kitchen/temperature')
  expect(metricOf(topic)).toBe('temperature')
  expect(metricOf('aurora/home-03/kitchen/firmware')).toBeNull()
})

test('an ordinary measurement raises no alert, an unusual one does', () => {
  expect(alertFor(measure(kitchen, noon, () => 0.5))).toBeNull()
  const alert = alertFor(measure(kitchen, noon, () => 0.001))
  expect(alert).toMatchObject({ kind: 'heat', home: 'home-03', room: 'kitchen', raisedAt: noon })
  if (alert !== null) expect(routingKeyOf(alert)).toBe(`${alert.severity}.heat.home-03`)
})

test('work falls due at the rate that was asked for, and a long silence is not made up for', () => {
  const pace = createPace(10, 0)
  expect(pace.due(50)).toBe(0)
  expect(pace.due(100)).toBe(1)
  expect(pace.due(1100)).toBe(10)
  expect(pace.due(3_600_000)).toBe(10)
})

test('billing is too slow for three quarters of an hour and catches up in the rest', () => {
  const speed = billingSpeed(100)
  const minutes = Array.from({ length: 60 }, (_, minute) => speed(minute * 60_000))
  const worked = minutes.reduce((total, perSecond) => total + perSecond, 0)
  expect(minutes[10]).toBeLessThan(100)
  expect(worked).toBeGreaterThan(60 * 100)
})

test('the rate is a number of 0 or more', () => {
  expect(rateOf(undefined)).toBe(200)
  expect(rateOf('0')).toBe(0)
  expect(rateOf('12.5')).toBe(12.5)
  for (const bad of ['-1', 'fast', 'NaN', 'Infinity']) expect(() => rateOf(bad)).toThrow('WEIR_TRAFFIC_RATE')
})
