import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ConfigError } from './problems.ts'
import { readWeirYaml } from './weir-yaml.ts'

const example = resolve(import.meta.dirname, '../../../../weir.example.yaml')
const dir = mkdtempSync(join(tmpdir(), 'weir-example-'))
const file = join(dir, basename(example))

/** A copy, with the certificates beside it that it names. */
beforeAll(() => {
  copyFileSync(example, file)
  mkdirSync(join(dir, 'certificates'))
  for (const [, name = ''] of readFileSync(example, 'utf8').matchAll(/File: (\S+)/g)) {
    writeFileSync(join(dir, name), 'PEM')
  }
})
afterAll(() => rmSync(dir, { recursive: true }))

const passwords = { RABBIT_PASSWORD: 'r', KAFKA_PASSWORD: 'k', MQTT_PASSWORD: 'm' }

it('weir.example.yaml is a declaration that Weir takes, with an example of every kind and scope', () => {
  const { clusters, tenants, instances } = readWeirYaml(file, passwords)
  const reachable = clusters.filter((cluster) => !('unavailable' in cluster))
  expect(reachable.map(({ kind }) => kind)).toEqual(['rabbitmq', 'kafka', 'mqtt'])
  expect(clusters.some((cluster) => 'unavailable' in cluster)).toBe(true)
  const scopes = [...instances, ...tenants.flatMap((tenant) => tenant.instances)].map(({ scope }) => scope)
  for (const key of ['all', 'vhosts', 'groupPrefix', 'usernamePrefix']) {
    expect(
      scopes.some((scope) => key in scope),
      key,
    ).toBe(true)
  }
})

it('weir.example.yaml takes its passwords from the environment, and nothing else', () => {
  const missing: string[] = []
  try {
    readWeirYaml(file, {})
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    missing.push(...error.problems.map(({ message }) => message.split(' ').at(-1) ?? ''))
  }
  expect(missing.sort()).toEqual(Object.keys(passwords).sort())
})
