import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDriver, type KafkaDriver, type KafkaTarget, type TlsOptions } from '@weir/drivers'
import {
  describeDriver,
  fixedDemand,
  makeCertificate,
  readingWhere,
  type TestCertificate,
} from '@weir/drivers/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KafkaBroker, startKafka } from './kafka.ts'
import { isJavaBarred } from './other-ages.ts'
import { findProgram } from './programs.ts'
import { silent } from './report.ts'

const NAME = 'broker.test'
const isAway = isJavaBarred() || (findProgram('java') === null && process.env.REQUIRE_BROKERS !== '1')

/** In the test stack a broker's other listeners are plain text: this one has a Kafka of its own. */
describe.skipIf(isAway)('Kafka over TLS (packages default-jre-headless, maven)', () => {
  const dir = mkdtempSync(join(tmpdir(), 'weir-kafka-tls-'))
  let certificate: TestCertificate
  let kafka: KafkaBroker
  beforeAll(async () => {
    certificate = await makeCertificate(NAME)
    kafka = await startKafka({ dir, report: silent, tls: certificate })
  })
  afterAll(async () => {
    await kafka?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  /** The certificate names no address, so the name that it must carry is told apart. */
  const secured = (tls: TlsOptions): KafkaTarget => {
    const { tlsBootstrap: bootstrap = [], sasl } = kafka
    return { kind: 'kafka', bootstrap, sasl, tls }
  }
  const trusted = () => ({ ca: certificate.cert, serverName: NAME })
  const connect = (target: KafkaTarget): KafkaDriver => {
    const driver = createDriver(target, async (host) => host)
    if (driver.kind !== 'kafka') throw new Error('asked for Kafka')
    return driver
  }

  describeDriver('kafka over TLS', () => {
    const { password } = kafka.sasl
    return {
      sources: [{ source: 'kafka.metadata' }, { source: 'kafka.offsets' }, { source: 'kafka.groups' }],
      release: kafka.release,
      secrets: [password],
      connect: () => connect(secured(trusted())),
      connectWith: (fault) => {
        const target = secured(trusted())
        return 'password' in fault
          ? connect({ ...target, sasl: { ...kafka.sasl, ...fault } })
          : connect({ ...target, bootstrap: [`${fault.host}:${fault.port}`] })
      },
      dispose: async () => {},
    }
  })

  const metadataBy = async (tls: TlsOptions) => {
    const driver = connect(secured(tls))
    try {
      return await readingWhere(driver, 'kafka.metadata', fixedDemand(), () => true)
    } finally {
      await driver.close()
    }
  }

  it('is read through the listener that it advertises', async () => {
    const { data } = await metadataBy(trusted())
    expect(data.brokers.map(({ host, port }) => `${host}:${port}`)).toEqual(kafka.tlsBootstrap)
  })

  it.each([
    ['of another name', () => ({ ca: certificate.cert, serverName: 'node-1.internal' })],
    ['of an unknown authority', () => ({ serverName: NAME })],
  ])('a certificate %s is refused', async (_what, tls) => {
    await expect(metadataBy(tls())).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' })
  })
})
