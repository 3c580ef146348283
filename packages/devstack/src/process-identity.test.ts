import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { identify, isAlive, parsePidFile, readPidFile, writePidFile } from './process-identity.ts'
import { endLeftOver } from './processes.ts'

let dir: string
let file: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weir-pid-'))
  file = join(dir, 'broker.json')
})
afterEach(() => rmSync(dir, { recursive: true }))

async function sleeper() {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' })
  await new Promise((resolve) => child.once('spawn', resolve))
  return child
}

test('a running process is known by its number and its start', () => {
  const self = identify(process.pid)
  expect(self?.pid).toBe(process.pid)
  expect(self !== null && isAlive(self)).toBe(true)
})

test('a number that another process has got since is not ours', () => {
  const self = identify(process.pid)
  writePidFile(file, { pid: process.pid, startedAt: `${self?.startedAt}0` })
  expect(readPidFile(file)).toBeNull()
  expect(existsSync(file)).toBe(false)
})

test('a broken pid file names nobody', () => {
  for (const text of [
    '',
    '{"pid":',
    '{"pid":1,"startedAt":"x"}',
    '{"pid":-4,"startedAt":"x"}',
    '[]',
    'null',
  ]) {
    expect(parsePidFile(text)).toBeNull()
  }
})

test('what a crashed run left running is ended', async () => {
  const child = await sleeper()
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
  const identity = identify(child.pid as number)
  if (identity === null) throw new Error('the sleeper is gone')
  writePidFile(file, identity)
  await endLeftOver(file)
  expect(await ended).toBe('SIGTERM')
  expect(existsSync(file)).toBe(false)
})

test('a foreign process that has the number of ours is left alone', async () => {
  const child = await sleeper()
  writeFileSync(file, JSON.stringify({ pid: child.pid, startedAt: 'another boot/1' }))
  await endLeftOver(file)
  expect(child.exitCode).toBeNull()
  expect(identify(child.pid as number)).not.toBeNull()
  child.kill()
})
