import { expect, it } from 'vitest'
import { hostAllowed, originIsOwn } from './host-and-origin.ts'

it.each(['127.0.0.1:8420', 'localhost:8420', 'LOCALHOST:8420', '[::1]:8420'])('answers to %s', (host) => {
  expect(hostAllowed(host, 8420)).toBe(true)
})

it.each([
  undefined,
  '',
  'weir.example:8420',
  '127.0.0.1:8421',
  '127.0.0.1',
  'localhost.evil.example:8420',
  '10.0.0.1:8420',
])('does not answer to %s', (host) => {
  expect(hostAllowed(host, 8420)).toBe(false)
})

it.each(['http://127.0.0.1:8420', 'http://localhost:8420', 'http://[::1]:8420'])(
  'knows %s as our own page',
  (origin) => {
    expect(originIsOwn(origin, 8420)).toBe(true)
  },
)

it.each([
  undefined,
  'null',
  '',
  'https://localhost:8420',
  'http://localhost',
  'http://localhost:8421',
  'http://evil.example:8420',
])('does not take %s for our own page', (origin) => {
  expect(originIsOwn(origin, 8420)).toBe(false)
})
