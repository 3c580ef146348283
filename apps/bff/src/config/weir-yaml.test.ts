import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'
import { ConfigError } from './problems.ts'
import { readWeirYaml } from './weir-yaml.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'weir-config-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function read(yaml: string, env: NodeJS.ProcessEnv = {}) {
  const file = join(dir, 'weir.yaml')
  writeFileSync(file, yaml)
  return readWeirYaml(file, env)
}

function problems(run: () => unknown): string[] {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(({ path, message }) => `${path.replace(`${dir}/`, '')}: ${message}`)
    throw error
  }
  return []
}

const good = `
clusters:
  - slug: mq
    name: Shared RabbitMQ
    kind: rabbitmq
    endpoints: { management: [https://mq.example:15671], amqp: [amqps://mq.example] }
    credentials: { username: weir, password: '\${MQ_PASSWORD}' }
    tls: { caFile: ca.pem }
  - { slug: gone, name: Old Kafka, kind: kafka, unavailable: moved away in May }
tenants:
  - slug: acme
    name: Acme
    instances:
      - { slug: orders, name: orders, cluster: mq, scope: { vhosts: [acme] } }
`

it('names a PEM file that cannot be read', () => {
  const found = problems(() => read(good, { MQ_PASSWORD: 'hush' }))
  expect(found).toEqual(['weir.yaml: clusters[0].tls.caFile: ca.pem cannot be read (ENOENT)'])
})

it('reads a declaration, with secrets from the environment and files beside it', () => {
  writeFileSync(join(dir, 'ca.pem'), 'PEM')
  const { clusters, tenants } = read(good, { MQ_PASSWORD: 'hush' })
  expect(clusters[0]).toMatchObject({
    credentials: { password: 'hush' },
    tls: { caFile: join(dir, 'ca.pem') },
  })
  expect(clusters[1]).toMatchObject({ unavailable: 'moved away in May' })
  expect(tenants[0]?.instances[0]).toMatchObject({ scope: { vhosts: ['acme'] } })
})

it('lists every mistake at once, each with its path', () => {
  const bad = `
clusters:
  - slug: Bad Slug
    name: x
    kind: rabbitmq
    endpoints: { management: [ftp://mq], amqp: [amqp://mq] }
    credentials: { username: weir }
  - { slug: k, name: k, kind: kafka, endpoints: { bootstrap: [nowhere] }, colour: red }
tenants:
  - slug: acme
    name: Acme
    instances: [{ slug: a, name: a }]
`
  const found = problems(() => read(bad))
  expect(found).toHaveLength(7)
  for (const path of [
    'clusters[0].slug',
    'clusters[0].endpoints.management[0]',
    'clusters[0].credentials.password',
    'clusters[1].endpoints.bootstrap[0]',
    'clusters[1]',
    'tenants[0].instances[0].cluster',
    'tenants[0].instances[0].scope',
  ]) {
    expect(found.some((line) => line.startsWith(`weir.yaml: ${path}: `))).toBe(true)
  }
})

it('says all that can be said of an entry of no known kind', () => {
  const found = problems(() => read('clusters: [{ slug: X, kind: redis }]'))
  expect(found.map((line) => line.split(': ')[1])).toEqual([
    'clusters[0].slug',
    'clusters[0].name',
    'clusters[0].kind',
  ])
})

it('refuses what its shapes alone cannot see', () => {
  const found = problems(() =>
    read(`${good}
      - { slug: orders, name: twice, cluster: mq, scope: { vhosts: [acme] } }
      - { slug: t, name: t, cluster: nowhere, scope: { all: true } }
      - { slug: u, name: u, cluster: mq, scope: { topicPrefix: 'a.', groupPrefix: 'a.' } }
      - { slug: v, name: v, cluster: gone, scope: { topicPrefix: acme, groupPrefix: 'acme.' } }
`),
  )
  expect(found.join('\n')).toContain('the environment has no variable MQ_PASSWORD')
  expect(found.join('\n')).toContain('"orders" stands here twice')
  expect(found.join('\n')).toContain('no cluster has the slug "nowhere"')
  expect(found.join('\n')).toContain('tenants[0].instances[3].scope')
  expect(found.join('\n')).toContain('must end in a delimiter')
})

it('says so when the file is not there, or not YAML', () => {
  expect(problems(() => readWeirYaml(join(dir, 'none.yaml'), {}))).toEqual([
    'none.yaml: cannot be read (ENOENT)',
  ])
  expect(problems(() => read('clusters: [')).length).toBeGreaterThan(0)
})

it('lists every bad variable, and serves loopback alone until there is sign-in', () => {
  const found = problems(() => readEnvironment({ WEIR_HOST: '0.0.0.0', WEIR_PORT: '99999' }))
  expect(found).toHaveLength(2)
  expect(found[0]).toContain('WEIR_HOST: must be one of 127.0.0.1, localhost, ::1')
  expect(readEnvironment({})).toMatchObject({ host: '127.0.0.1', port: 8420 })
})
