import { expect, it } from 'vitest'
import { parseEndpoint } from './endpoint.ts'

it.each([
  [
    'mqtt://broker',
    { secure: false, webSocket: false, host: 'broker', port: 1883, name: 'mqtt://broker:1883' },
  ],
  ['mqtts://broker', { secure: true, webSocket: false, host: 'broker', port: 8883 }],
  ['mqtt://10.0.0.1:21883', { host: '10.0.0.1', port: 21883 }],
  ['mqtts://[::1]:8884', { host: '::1', port: 8884, name: 'mqtts://[::1]:8884' }],
  ['ws://broker:9001', { secure: false, webSocket: true, port: 9001, path: '/' }],
  ['wss://broker/mqtt?a=1', { secure: true, webSocket: true, port: 443, path: '/mqtt?a=1' }],
])('reads %s', (url, endpoint) => {
  expect(parseEndpoint(url)).toMatchObject(endpoint)
})

it('names no credentials', () => {
  expect(JSON.stringify(parseEndpoint('mqtt://joe:secret@broker:1883'))).not.toContain('secret')
})

it.each(['', 'broker:1883', 'http://broker', 'mqtt://'])('refuses %j without repeating it', (url) => {
  expect(() => parseEndpoint(url)).toThrow(/must be mqtt/)
})
