import type { Instance, MqttUser } from '@weir/contract'
import type { MosquittoUser, MqttDriver } from '@weir/drivers'
import { notFound, reach } from '../instance-access.ts'
import type { RequestContext } from '../request-context.ts'
import { audited } from './audited.ts'

interface Input {
  readonly instanceId: string
  readonly username: string
}
type MqttInstance = Extract<Instance, { kind: 'mqtt' }>

/** How long the broker may take to list its accounts. */
const LIST_MS = 5_000

/** The accounts within the scope, each with the client ids that are connected by it now. */
export async function listMqttUsers(context: RequestContext, { instanceId }: Pick<Input, 'instanceId'>) {
  const { instance, driver } = reach(context, instanceId, 'mqtt')
  const users = await ownUsers(instance, driver)
  return users.map(
    (user): MqttUser => ({ ...named(user), clientIds: connectedBy(context, instance, user.username) }),
  )
}

/** Throws NOT_FOUND for an account outside the scope, as for one that isn't there. */
export async function disableMqttUser(context: RequestContext, input: Input) {
  const { instance, driver, user } = await ownUser(context, input)
  const clientIds = connectedBy(context, instance, user.username)
  await audited(context, {
    instance,
    procedure: 'mqtt.disableUser',
    target: `user ${user.username}`,
    before: { disabled: user.disabled, clientIds: clientIds.slice(0, 100) },
    run: (signal) => driver.dynamicSecurity.disableUser(user.username, signal),
    after: () => ({ disabled: true }),
  })
  return { clientIds }
}

export async function enableMqttUser(context: RequestContext, input: Input) {
  const { instance, driver, user } = await ownUser(context, input)
  await audited(context, {
    instance,
    procedure: 'mqtt.enableUser',
    target: `user ${user.username}`,
    before: { disabled: user.disabled },
    run: (signal) => driver.dynamicSecurity.enableUser(user.username, signal),
    after: () => ({ disabled: false }),
  })
  return { username: user.username }
}

async function ownUser(context: RequestContext, { instanceId, username }: Input) {
  const { instance, driver } = reach(context, instanceId, 'mqtt')
  const user = ownsUser(instance, username)
    ? (await ownUsers(instance, driver)).find((each) => each.username === username)
    : undefined
  if (!user) throw notFound('there is no such user here')
  return { instance, driver, user }
}

async function ownUsers(instance: MqttInstance, { dynamicSecurity }: MqttDriver): Promise<MosquittoUser[]> {
  const users = await dynamicSecurity.listUsers(AbortSignal.timeout(LIST_MS))
  return users.filter(({ username }) => ownsUser(instance, username))
}

function ownsUser({ scope }: MqttInstance, username: string): boolean {
  return 'all' in scope || username.startsWith(scope.usernamePrefix)
}

function connectedBy({ store }: RequestContext, { clusterId }: MqttInstance, username: string): string[] {
  const clients = store.get(clusterId, 'mqtt.clients')?.reading?.data.clients.values() ?? []
  return [...clients].filter((client) => client.username === username).map(({ clientId }) => clientId)
}

function named({ username, disabled, roles }: MosquittoUser): Omit<MqttUser, 'clientIds'> {
  return { username, disabled, roles: [...roles] }
}
