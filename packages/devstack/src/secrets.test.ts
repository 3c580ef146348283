import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { secretOf, writePrivateFile } from './secrets.ts'

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weir-secrets-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a password is made once and stays the same', () => {
  const made = secretOf(dir, 'rabbitmq.weir')
  expect(made).toMatch(/^[0-9a-f]{40}$/)
  expect(secretOf(dir, 'kafka.admin')).not.toBe(made)
  expect(secretOf(dir, 'rabbitmq.weir')).toBe(made)
})

test('another data folder has other passwords', () => {
  expect(secretOf(join(dir, 'a'), 'rabbitmq.weir')).not.toBe(secretOf(join(dir, 'b'), 'rabbitmq.weir'))
})

test('only the owner may read the passwords', () => {
  secretOf(dir, 'rabbitmq.weir')
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('a file that everybody could read becomes private when it is written again', () => {
  const file = join(dir, 'run.json')
  writeFileSync(file, 'old')
  chmodSync(file, 0o644)
  writePrivateFile(file, 'new')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toBe('new')
})

test('a broken file stops the start instead of locking everybody out of the old data', () => {
  writeFileSync(join(dir, 'secrets.json'), '{"rabbitmq.w')
  expect(() => secretOf(dir, 'rabbitmq.weir')).toThrow()
})
