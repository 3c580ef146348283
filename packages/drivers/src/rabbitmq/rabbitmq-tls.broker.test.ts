import { queueKey } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RabbitmqTarget, TlsOptions } from '../driver.ts'
import {
  describeDriver,
  describeOnBroker,
  firstReading,
  fixedDemand,
  makeCertificate,
  rabbitmqTestTarget,
  startTlsFront,
  type TestCertificate,
  type TlsFront,
} from '../testing/index.ts'
import { createRabbitmqDriver } from './rabbitmq-driver.ts'
import { TestBroker } from './test-broker.ts'

const NAME = 'broker.test'
/** The name isn't in any DNS: only what `addressOf` answers is dialled. */
const toLoopback = async () => '127.0.0.1'

describeOnBroker('RabbitMQ over TLS', 'TEST_RABBITMQ_MANAGEMENT_URL', rabbitmqTestTarget(), (target) => {
  describeDriver('rabbitmq over TLS', async () => {
    const certificate = await makeCertificate(NAME)
    const fronts = await startFronts(target, certificate)
    const broker = new TestBroker(target)
    const vhost = await broker.vhost()
    await broker.declare(vhost, 'orders')
    const keys = [queueKey(vhost, 'orders')]
    const secure = fronts.target(NAME, { ca: certificate.cert })
    return {
      sources: [
        { source: 'rabbitmq.totals' },
        { source: 'rabbitmq.stats', followsCadence: false },
        { source: 'rabbitmq.declares', wanted: { keys } },
        { source: 'rabbitmq.overview', followsCadence: false },
        { source: 'rabbitmq.queue', wanted: { keys } },
      ],
      secrets: [target.password],
      connect: () => createRabbitmqDriver(secure, toLoopback),
      connectWith: (fault) =>
        createRabbitmqDriver(
          'password' in fault ? { ...secure, ...fault } : onPorts(secure, NAME, fault.port, fault.port),
          toLoopback,
        ),
      async dispose() {
        await broker.dispose()
        await fronts.close()
      },
    }
  })

  describe('certificates', () => {
    let certificate: TestCertificate
    let fronts: Awaited<ReturnType<typeof startFronts>>

    beforeAll(async () => {
      certificate = await makeCertificate(NAME)
      fronts = await startFronts(target, certificate)
    })
    afterAll(() => fronts.close())

    const totalsOf = async (target: RabbitmqTarget) => {
      const driver = createRabbitmqDriver(target, toLoopback)
      try {
        return await firstReading(driver, 'rabbitmq.totals', fixedDemand())
      } finally {
        await driver.close()
      }
    }

    it('are checked against the name that the operator gave, whatever the host is called', async () => {
      const tls = { ca: certificate.cert, serverName: NAME }
      expect((await totalsOf(fronts.target('node-1.internal', tls))).cost.requests).toBeGreaterThan(0)
      expect((await totalsOf(fronts.target('127.0.0.1', tls))).cost.requests).toBeGreaterThan(0)
    })

    it.each([
      ['of another name', 'node-1.internal', true],
      ['of an unknown authority', NAME, false],
    ])('%s are refused', async (_what, host, trusted) => {
      const tls = trusted ? { ca: certificate.cert } : {}
      await expect(totalsOf(fronts.target(host, tls))).rejects.toMatchObject({
        code: 'BROKER_UNREACHABLE',
        message: expect.stringMatching(/CERT/),
      })
    })

    it('are checked by AMQP as they are by HTTP', async () => {
      const broker = new TestBroker(target)
      const vhost = await broker.vhost()
      await broker.declare(vhost, 'orders')
      const keys = [queueKey(vhost, 'orders')]
      const { amqp } = fronts.target(NAME, {})
      const driver = createRabbitmqDriver({ ...target, amqp }, toLoopback)
      await expect(firstReading(driver, 'rabbitmq.declares', fixedDemand({ keys }))).rejects.toMatchObject({
        code: 'BROKER_UNREACHABLE',
        message: expect.stringMatching(/amqp.*CERT/i),
      })
      await driver.close()
      await broker.dispose()
    })
  })
})

async function startFronts(target: RabbitmqTarget, certificate: TestCertificate) {
  const management = await startTlsFront(addressIn(target.management[0]), certificate)
  const amqp = await startTlsFront(addressIn(target.amqp[0]), certificate)
  return {
    target: (host: string, tls: TlsOptions): RabbitmqTarget => ({
      ...onPorts(target, host, management.port, amqp.port),
      tls,
    }),
    async close() {
      await Promise.all([management, amqp].map((front: TlsFront) => front.close()))
    },
  }
}

function onPorts(target: RabbitmqTarget, host: string, management: number, amqp: number): RabbitmqTarget {
  return {
    ...target,
    management: [`https://${host}:${management}`],
    amqp: [`amqps://${host}:${amqp}`],
    prometheus: [],
  }
}

function addressIn(url = ''): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}
