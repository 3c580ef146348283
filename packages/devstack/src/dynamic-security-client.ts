import { randomUUID } from 'node:crypto'
import mqtt from 'mqtt'
import type { MosquittoAddress } from './mosquitto.ts'

const controlTopic = '$CONTROL/dynamic-security/v1'

export interface DynamicSecurityCommand {
  command: string
  [argument: string]: unknown
}

interface Answer {
  correlationData?: string
  error?: string
  data?: Record<string, unknown>
}

export interface DynamicSecurityClient {
  /** Runs commands in order, each whether or not the one before failed; answers theirs in the same order. */
  run(commands: readonly DynamicSecurityCommand[]): Promise<Answer[]>
  /** Account and role names that there are now. */
  names(): Promise<{ clients: Set<string>; roles: Set<string> }>
  close(): Promise<void>
}

/** Signs in as an administrator of Mosquitto's dynamic security. Throws when the login fails or nobody answers. */
export async function connectDynamicSecurity(at: MosquittoAddress): Promise<DynamicSecurityClient> {
  const client = await mqtt.connectAsync(at.url, {
    username: at.username,
    password: at.password,
    protocolVersion: 5,
    connectTimeout: 5000,
    reconnectPeriod: 0,
  })
  const waiting = new Map<string, (answer: Answer) => void>()
  client.on('message', (_topic, payload) => {
    const { responses } = JSON.parse(payload.toString()) as { responses: Answer[] }
    // Every administrator's answers arrive here; ours are those whose mark we set.
    for (const answer of responses) waiting.get(answer.correlationData ?? '')?.(answer)
  })
  await client.subscribeAsync(`${controlTopic}/response`, { qos: 1 })

  async function run(commands: readonly DynamicSecurityCommand[]): Promise<Answer[]> {
    const marked = commands.map((command) => ({ ...command, correlationData: randomUUID() }))
    const answers = marked.map(({ command, correlationData }) => answered(command, correlationData))
    await client.publishAsync(controlTopic, JSON.stringify({ commands: marked }), { qos: 1 })
    return Promise.all(answers)
  }

  function answered(command: string, mark: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(mark)
        reject(new Error(`Mosquitto's dynamic security didn't answer ${command}`))
      }, 5000)
      waiting.set(mark, (answer) => {
        clearTimeout(timer)
        waiting.delete(mark)
        resolve(answer)
      })
    })
  }

  return {
    run,
    async names() {
      const all = { verbose: false, count: -1, offset: 0 }
      const [clients, roles] = await run([
        { command: 'listClients', ...all },
        { command: 'listRoles', ...all },
      ])
      return {
        clients: new Set(clients?.data?.clients as string[]),
        roles: new Set(roles?.data?.roles as string[]),
      }
    },
    close: () => client.endAsync(),
  }
}
