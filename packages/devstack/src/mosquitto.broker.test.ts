import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPortFree } from './free-ports.ts'
import { type MosquittoBroker, startMosquitto } from './mosquitto.ts'
import { findMosquittoPlugin } from './mosquitto-plugin.ts'
import { nodeProgram } from './paths.ts'
import { identify, readPidFile } from './process-identity.ts'
import { silent } from './report.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weir-mosquitto-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const portOf = (broker: { url: string }) => Number(new URL(broker.url).port)
const isAway = findMosquittoPlugin() === null && process.env.REQUIRE_BROKERS !== '1'

/** Every broker is held by the same hand (broker-control.ts); Mosquitto is the one that starts in a moment. */
describe.skipIf(isAway)('a broker of our own (package mosquitto)', () => {
  let broker: MosquittoBroker
  beforeEach(async () => {
    broker = await startMosquitto({ dir, report: silent })
  })
  afterEach(() => broker.stop())

  test('comes back on its port after it was killed, as another process', async () => {
    const before = { pid: broker.pid, port: portOf(broker) }
    await broker.kill()
    expect(broker.running).toBe(false)
    expect(await isPortFree(before.port)).toBe(true)
    await broker.start()
    expect(broker.pid).not.toBe(before.pid)
    expect(await isPortFree(before.port)).toBe(false)
  })

  test('tells of an end that nobody asked for, and of no other', async () => {
    const told: string[] = []
    broker.onUnexpectedEnd((how) => told.push(how))
    await broker.kill()
    await broker.start()
    expect(told).toEqual([])
    process.kill(broker.pid, 'SIGKILL')
    await expect.poll(() => told).toEqual(['SIGKILL'])
    expect(broker.running).toBe(false)
  })

  test('keeps its port and its password over a stop', async () => {
    const { url, password } = broker
    await broker.stop()
    broker = await startMosquitto({ dir, report: silent })
    expect(broker).toMatchObject({ url, password })
  })
})

test.skipIf(isAway)('a broker ends with the process that started it, however that one ends', async () => {
  const source = resolve(import.meta.dirname, 'mosquitto.ts')
  const script = `import { startMosquitto } from ${JSON.stringify(source)}
    await startMosquitto({ dir: ${JSON.stringify(dir)}, report: () => {} })
    setInterval(() => {}, 1000)`
  const starter = spawn(nodeProgram, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
  const pidFile = join(dir, 'pids', 'mosquitto.json')
  await expect.poll(() => existsSync(pidFile), { timeout: 10_000 }).toBe(true)
  const mosquitto = readPidFile(pidFile)
  expect(mosquitto).not.toBeNull()
  starter.kill('SIGKILL')
  await expect.poll(() => identify(mosquitto?.pid ?? 0), { timeout: 10_000 }).toBeNull()
})
