import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { identify } from './process-identity.ts'
import { logFileOf, startProcess } from './processes.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weir-processes-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const shell = (name: string, script: string, patienceMs = 10_000) =>
  startProcess({ name, dir, command: 'sh', args: ['-c', script], patienceMs })

test('what a process prints is in its log', async () => {
  const running = await shell('talker', 'echo hello; echo trouble >&2; exit 3')
  expect(await running.ended).toBe('exit status 3')
  expect(readFileSync(logFileOf(dir, 'talker'), 'utf8')).toBe('hello\ntrouble\n')
})

test('one that ignores SIGTERM is ended by force', async () => {
  const running = await shell('stubborn', "trap '' TERM; echo ready; while :; do sleep 0.1; done", 300)
  await vi.waitFor(() => expect(readFileSync(logFileOf(dir, 'stubborn'), 'utf8')).toBe('ready\n'))
  await running.stop()
  expect(await running.ended).toBe('SIGKILL')
  expect(identify(running.pid)).toBeNull()
})

test('a paused one can be stopped', async () => {
  const running = await startProcess({ name: 'paused', dir, command: 'sleep', args: ['60'] })
  running.pause()
  await running.stop()
  expect(await running.ended).toBe('SIGTERM')
})

test('a second start of the same name ends the one left over', async () => {
  const first = await startProcess({ name: 'same', dir, command: 'sleep', args: ['60'] })
  const second = await startProcess({ name: 'same', dir, command: 'sleep', args: ['60'] })
  expect(await first.ended).toBe('SIGTERM')
  expect(identify(second.pid)).not.toBeNull()
  await second.stop()
})

test('a program that is not there is told by how it ends, or by a throw, and never by a crash of ours', async () => {
  const attempt = startProcess({ name: 'none', dir, command: '/no/such/program', args: [] })
  const how = await attempt.then(({ ended }) => ended).catch((error: Error) => error.message)
  expect(how).toMatch(/exit status|can't be run/)
})
