import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort, isPortFree, rememberedPorts } from './free-ports.ts'

let dir: string
const servers: Server[] = []

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weir-ports-'))
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  rmSync(dir, { recursive: true })
})

function listen(port: number): Promise<void> {
  const server = createServer()
  servers.push(server)
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
}

test('a port that somebody listens on is not free', async () => {
  const port = await freePort()
  expect(await isPortFree(port)).toBe(true)
  await listen(port)
  expect(await isPortFree(port)).toBe(false)
})

test('ports lie below those that the system gives to outgoing connections', async () => {
  const port = await freePort()
  expect(port).toBeGreaterThanOrEqual(20_000)
  expect(port).toBeLessThan(32_768)
})

test('the same ports come back at the next start, and a taken one is replaced', async () => {
  const file = join(dir, 'ports.json')
  const first = await rememberedPorts(file, ['amqp', 'management'])
  expect(await rememberedPorts(file, ['amqp', 'management'])).toEqual(first)
  await listen(first.amqp)
  const second = await rememberedPorts(file, ['amqp', 'management'])
  expect(second.management).toBe(first.management)
  expect(second.amqp).not.toBe(first.amqp)
})

test('no two names share a port', async () => {
  const ports = await rememberedPorts(join(dir, 'ports.json'), ['a', 'b', 'c', 'd', 'e'])
  expect(new Set(Object.values(ports)).size).toBe(5)
})

test('a file cut short by a crash gives new ports', async () => {
  const file = join(dir, 'ports.json')
  writeFileSync(file, '{"amqp": 2')
  expect((await rememberedPorts(file, ['amqp'])).amqp).toBeGreaterThanOrEqual(20_000)
})
