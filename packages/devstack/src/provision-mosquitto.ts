import { type DemoTenant, mqttDeviceUsers, scopesOf } from './demo-tenants.ts'
import { connectDynamicSecurity, type DynamicSecurityClient } from './dynamic-security-client.ts'
import type { MosquittoAddress } from './mosquitto.ts'
import { secretOf } from './secrets.ts'

export interface MqttAccess {
  username: string
  password: string
}

export interface ProvisionedMosquitto {
  /** Weir's own: reads `$SYS` and administers dynamic security, and may do nothing else. */
  weir: MqttAccess
  tenants: Record<string, { app: MqttAccess; devices: MqttAccess[] }>
}

interface Acl {
  acltype: string
  topic: string
  allow: true
  priority: 0
}

/**
 * Roles and accounts of Weir, the tenants and their devices. What is there already is left as it is: changing an
 * account disconnects whoever uses it.
 */
export async function provisionMosquitto(
  dir: string,
  at: MosquittoAddress,
  tenants: readonly DemoTenant[],
): Promise<ProvisionedMosquitto> {
  const security = await connectDynamicSecurity(at)
  try {
    const there = await security.names()
    const put = (rolename: string, acls: Acl[], usernames: string[]) =>
      putRole(security, there, rolename, acls, usernames.map(accessOf))
    const accessOf = (username: string) => ({ username, password: secretOf(dir, `mosquitto.${username}`) })

    await put('weir', weirAcls, ['weir'])
    const provisioned: ProvisionedMosquitto = { weir: accessOf('weir'), tenants: {} }
    for (const tenant of tenants) {
      const { topicPrefix, usernamePrefix } = scopesOf(tenant).mqtt
      const app = `${usernamePrefix}app`
      const devices = mqttDeviceUsers(tenant)
      await put(`tenant-${tenant.slug}`, tenantAcls(topicPrefix), [app, ...devices])
      provisioned.tenants[tenant.slug] = { app: accessOf(app), devices: devices.map(accessOf) }
    }
    return provisioned
  } finally {
    await security.close()
  }
}

async function putRole(
  security: DynamicSecurityClient,
  there: { clients: Set<string>; roles: Set<string> },
  rolename: string,
  acls: Acl[],
  accounts: MqttAccess[],
): Promise<void> {
  const missing = accounts.filter(({ username }) => !there.clients.has(username))
  const commands = [
    ...(there.roles.has(rolename) ? [] : [{ command: 'createRole', rolename, acls }]),
    ...missing.map((account) => ({ command: 'createClient', ...account, roles: [{ rolename }] })),
  ]
  if (commands.length === 0) return
  const failed = (await security.run(commands)).find((answer) => answer.error !== undefined)
  if (failed !== undefined) throw new Error(`Mosquitto refused to set up ${rolename}: ${failed.error}`)
}

function allow(acltype: string, topic: string): Acl {
  return { acltype, topic, allow: true, priority: 0 }
}

// Without the right to receive, a command takes effect but its answer never arrives.
const weirAcls = [
  allow('subscribePattern', '$SYS/#'),
  allow('publishClientReceive', '$SYS/#'),
  allow('publishClientSend', '$CONTROL/dynamic-security/v1'),
  allow('subscribeLiteral', '$CONTROL/dynamic-security/v1/response'),
  allow('publishClientReceive', '$CONTROL/dynamic-security/v1/response'),
]

function tenantAcls(topicPrefix: string): Acl[] {
  const acltypes = ['publishClientSend', 'publishClientReceive', 'subscribePattern', 'unsubscribePattern']
  return acltypes.map((acltype) => allow(acltype, `${topicPrefix}#`))
}
