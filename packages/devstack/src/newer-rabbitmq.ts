import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startBroker } from './broker-control.ts'
import { rememberedPorts } from './free-ports.ts'
import { inRoot } from './in-root.ts'
import { logFileOf, startProcess } from './processes.ts'
import {
  type RabbitmqBroker,
  rabbitmqAddress,
  rabbitmqEnvironment,
  rabbitmqPortNames,
  servesAmqp,
  writeRabbitmqConfiguration,
} from './rabbitmq.ts'
import { releaseOfPackage } from './releases.ts'
import type { Report } from './report.ts'
import { secretOf } from './secrets.ts'

const name = 'rabbitmq-newer'

/**
 * Starts the RabbitMQ of another system (newer-root.ts), set up as `startRabbitmq` does, under `<dir>/rabbitmq-newer`.
 * Throws when it doesn't come up.
 */
export async function startNewerRabbitmq(options: {
  dir: string
  root: string
  report: Report
}): Promise<RabbitmqBroker> {
  const { dir, root, report } = options
  const home = join(dir, name)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const ports = await rememberedPorts(join(home, 'ports.json'), rabbitmqPortNames)
  const password = secretOf(dir, `${name}.weir`)
  writeRabbitmqConfiguration(home, ports, password)
  const address = rabbitmqAddress(ports, password)
  report(`starting on ${address.amqp}, management ${address.management}`)
  const control = await startBroker({
    name: 'RabbitMQ, newer',
    logFile: logFileOf(dir, name),
    async launch() {
      // It starts epmd by itself, which ends with it: both have a world of process ids of their own.
      const env = rabbitmqEnvironment('/data', ports, '/data')
      const command = ['/usr/lib/rabbitmq/bin/rabbitmq-server']
      const program = await inRoot({ root, data: home, user: 'rabbitmq', env, command })
      return startProcess({ name, dir, patienceMs: 30_000, ...program })
    },
    isReady: () => servesAmqp(address),
  })
  const release = releaseOfPackage('rabbitmq-server', root)
  return Object.assign(control, { kind: 'rabbitmq' as const, release, ...address })
}
