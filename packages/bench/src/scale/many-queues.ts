import type { RabbitmqBroker } from '@weir/devstack'
import { connect } from 'amqplib'

/** In one import; several wait for each other less. */
const CHUNK = 500

/** Classic queues `scale-00000` … in the default vhost, by importing definitions. */
export async function importQueues(broker: RabbitmqBroker, count: number): Promise<void> {
  for (let from = 0; from < count; from += CHUNK) {
    await importDefinitions(broker, namesOf(count).slice(from, from + CHUNK))
  }
}

async function importDefinitions(broker: RabbitmqBroker, names: readonly string[]): Promise<void> {
  const { management, username, password } = broker
  const queues = names.map((name) => ({
    ...{ name, durable: true, auto_delete: false },
    arguments: { 'x-queue-type': 'classic' },
  }))
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const answer = await fetch(`${management}/api/definitions/%2F`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ queues }),
  })
  if (!answer.ok) throw new Error(`importing queues answered ${answer.status}: ${await answer.text()}`)
}

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `scale-${`${n}`.padStart(5, '0')}`)
}

/** A message a second to each of `changing` queues, another `changing` each second. Answers how to stop. */
export async function trickle(
  broker: RabbitmqBroker,
  count: number,
  changing: number,
): Promise<() => Promise<void>> {
  const { hostname, port } = new URL(broker.amqp)
  const { username, password } = broker
  const connection = await connect({ hostname, port: Number(port), username, password })
  const channel = await connection.createChannel()
  const names = namesOf(count)
  let next = 0
  const timer = setInterval(() => {
    for (let sent = 0; sent < changing; sent += 1) {
      channel.sendToQueue(names[next % count] ?? '', Buffer.from('x'))
      next += 1
    }
  }, 1_000)
  return async () => {
    clearInterval(timer)
    await connection.close()
  }
}
