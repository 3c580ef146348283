import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MqttTarget, TlsOptions } from '../driver.ts'
import {
  describeDriver,
  describeOnBroker,
  fixedDemand,
  makeCertificate,
  mqttTestTarget,
  readingWhere,
  startTlsFront,
  type TestCertificate,
  type TlsFront,
} from '../testing/index.ts'
import { createMqttDriver } from './mqtt-driver.ts'

const NAME = 'broker.test'
/** The name isn't in any DNS: only what `addressOf` answers is dialled. */
const toLoopback = async () => '127.0.0.1'

describeOnBroker('MQTT over TLS', 'TEST_MQTT_URL', mqttTestTarget(), (target) => {
  const frontOf = (certificate: TestCertificate) => {
    const { hostname, port } = new URL(target.urls[0] ?? '')
    return startTlsFront({ host: hostname, port: Number(port) }, certificate)
  }
  const secured = (host: string, port: number, tls: TlsOptions): MqttTarget => ({
    ...target,
    urls: [`mqtts://${host}:${port}`],
    tls,
  })

  describeDriver('mqtt over TLS', async () => {
    const certificate = await makeCertificate(NAME)
    const front = await frontOf(certificate)
    const secure = secured(NAME, front.port, { ca: certificate.cert })
    return {
      sources: [{ source: 'mqtt.sys' }, { source: 'mqtt.clients' }],
      secrets: target.password === null ? [] : [target.password],
      connect: () => createMqttDriver(secure, toLoopback),
      connectWith: (fault) =>
        createMqttDriver(
          'password' in fault ? { ...secure, ...fault } : secured(NAME, fault.port, { ca: certificate.cert }),
          toLoopback,
        ),
      dispose: () => front.close(),
    }
  })

  describe('certificates', () => {
    let certificate: TestCertificate
    let front: TlsFront
    beforeAll(async () => {
      certificate = await makeCertificate(NAME)
      front = await frontOf(certificate)
    })
    afterAll(() => front.close())

    const sysOf = async (host: string, tls: TlsOptions) => {
      const driver = createMqttDriver(secured(host, front.port, tls), toLoopback)
      try {
        return await readingWhere(driver, 'mqtt.sys', fixedDemand(), () => true)
      } finally {
        await driver.close()
      }
    }

    it.each(['node-1.internal', '127.0.0.1'])(
      'are checked against the name that the operator gave, where the host is %s',
      async (host) => {
        const { data } = await sysOf(host, { ca: certificate.cert, serverName: NAME })
        expect(data.values.get('version')?.value).toMatch(/^mosquitto/)
      },
    )

    it.each([
      ['of another name', 'node-1.internal', true],
      ['of an unknown authority', NAME, false],
    ])('%s are refused', async (_what, host, trusted) => {
      await expect(sysOf(host, trusted ? { ca: certificate.cert } : {})).rejects.toMatchObject({
        code: 'BROKER_UNREACHABLE',
        message: expect.stringMatching(/CERT/),
      })
    })
  })
})
