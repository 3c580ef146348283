import { randomUUID } from 'node:crypto'
import { connectAsync } from 'mqtt'
import { uniqueName } from './unique-name.ts'

const CONTROL = '$CONTROL/dynamic-security/v1'

/** An account of the test's own, made and deleted by the broker's administrator. */
export interface TestUser {
  readonly username: string
  /** Where it connects. */
  readonly url: string
  /** As the broker itself tells it. */
  isDisabled(): Promise<boolean>
  /** Deletes the account. */
  dispose(): Promise<void>
}

/** `adminUrl` holds the administrator's credentials; `role` is what the account may do. */
export async function makeUser(adminUrl: string, prefix: string, role: string): Promise<TestUser> {
  const username = `${prefix}${uniqueName('e2e')}`
  const password = randomUUID()
  const admin = await connectAsync(adminUrl, { clientId: uniqueName('e2e-admin'), reconnectPeriod: 0 })
  await admin.subscribeAsync(`${CONTROL}/response`, { qos: 1 })

  async function command(fields: { command: string } & Record<string, unknown>): Promise<unknown> {
    const correlationData = randomUUID()
    const answered = new Promise<unknown>((resolve, reject) => {
      const onMessage = (_topic: string, payload: Buffer) => {
        const { responses } = JSON.parse(String(payload))
        const own = responses.find(
          (one: { correlationData?: string }) => one.correlationData === correlationData,
        )
        if (!own) return
        admin.off('message', onMessage)
        if (own.error) reject(new Error(`${fields.command}: ${own.error}`))
        else resolve(own.data)
      }
      admin.on('message', onMessage)
    })
    await admin.publishAsync(CONTROL, JSON.stringify({ commands: [{ ...fields, correlationData }] }), {
      qos: 1,
    })
    return answered
  }

  await command({ command: 'createClient', username, password, roles: [{ rolename: role, priority: -1 }] })
  const url = new URL(adminUrl)
  url.username = username
  url.password = password
  return {
    username,
    url: url.href,
    async isDisabled() {
      const data = await command({ command: 'getClient', username })
      return (data as { client: { disabled?: boolean } }).client.disabled === true
    },
    async dispose() {
      // Mosquitto 2.0 ends itself when an account is deleted with a role still on it.
      await command({ command: 'removeClientRole', username, rolename: role })
      await command({ command: 'deleteClient', username })
      await admin.endAsync()
    },
  }
}
