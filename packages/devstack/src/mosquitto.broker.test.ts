import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isPortFree } from './free-ports.ts'
import { type MosquittoBroker, startMosquitto } from './mosquitto.ts'
import { findMosquittoPlugin } from './mosquitto-plugin.ts'
import { startNewerMosquitto } from './newer-mosquitto.ts'
import { newerRoot, newerRootFolder, whyNoNewerRoot } from './newer-root.ts'
import { nodeProgram } from './paths.ts'
import { identify, readPidFile } from './process-identity.ts'
import { silent } from './report.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weir-mosquitto-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const portOf = (broker: { url: string }) => Number(new URL(broker.url).port)
/** The name of the program that a process runs; Linux. */
const programOf = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
const patience = { timeout: 20_000 }
const required = process.env.REQUIRE_BROKERS === '1'

interface Age {
  name: string
  isAway: boolean
  start(dir: string): Promise<MosquittoBroker>
  /** A program of its own that starts it in `dir` and stays. */
  starter: string
  pidFile: string
}

const here = (file: string) => JSON.stringify(resolve(import.meta.dirname, file))
const ages: readonly Age[] = [
  {
    name: 'package mosquitto',
    isAway: findMosquittoPlugin() === null && !required,
    start: (dir) => startMosquitto({ dir, report: silent }),
    starter: `import { startMosquitto } from ${here('mosquitto.ts')}
      await startMosquitto({ dir: process.argv[1], report: () => {} })
      setInterval(() => {}, 1000)`,
    pidFile: 'mosquitto.json',
  },
  {
    name: 'of a newer Debian, as root',
    isAway: whyNoNewerRoot() !== null || (!existsSync(newerRootFolder) && !required),
    start: async (dir) => startNewerMosquitto({ dir, root: await newerRoot(silent), report: silent }),
    starter: `import { startNewerMosquitto } from ${here('newer-mosquitto.ts')}
      const root = ${JSON.stringify(newerRootFolder)}
      await startNewerMosquitto({ dir: process.argv[1], root, report: () => {} })
      setInterval(() => {}, 1000)`,
    pidFile: 'mosquitto-newer.json',
  },
]

/** Every broker is held by the same hand (broker-control.ts); Mosquitto is the one that starts in a moment. */
describe.each(ages.filter(({ isAway }) => !isAway))('a broker of our own ($name)', (age) => {
  let broker: MosquittoBroker
  beforeEach(async () => {
    broker = await age.start(dir)
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

  test.skipIf(process.platform !== 'linux')('is held itself, and not what it was started by', () => {
    expect(programOf(broker.pid)).toBe('mosquitto')
  })

  test('tells of an end that nobody asked for, and of no other', async () => {
    const told: string[] = []
    broker.onUnexpectedEnd((how) => told.push(how))
    await broker.kill()
    await broker.start()
    expect(told).toEqual([])
    process.kill(broker.pid, 'SIGKILL')
    await expect.poll(() => told.length).toBe(1)
    expect(broker.running).toBe(false)
  })

  test('keeps its port and its password over a stop', async () => {
    const { url, password } = broker
    await broker.stop()
    broker = await age.start(dir)
    expect(broker).toMatchObject({ url, password })
  })
})

test.each(ages.filter(({ isAway }) => !isAway))(
  'a broker ends with the process that started it, however that one ends ($name)',
  async (age) => {
    const starter = spawn(nodeProgram, ['--input-type=module', '--eval', age.starter, dir], {
      stdio: 'inherit',
    })
    const pidFile = join(dir, 'pids', age.pidFile)
    await expect.poll(() => existsSync(pidFile), patience).toBe(true)
    const mosquitto = readPidFile(pidFile)
    expect(mosquitto).not.toBeNull()
    const pid = mosquitto?.pid ?? 0
    // Only from then on does it end in order; a moment before, it is still on its way there.
    if (process.platform === 'linux') await expect.poll(() => programOf(pid), patience).toBe('mosquitto')
    starter.kill('SIGKILL')
    await expect.poll(() => identify(pid), { timeout: 10_000 }).toBeNull()
  },
)
