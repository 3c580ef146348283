import { type DemoTenant, scopesOf } from './demo-tenants.ts'
import type { RabbitmqAddress } from './rabbitmq.ts'
import { createRabbitmqApi } from './rabbitmq-api.ts'
import { secretOf } from './secrets.ts'

const everything = { configure: '.*', write: '.*', read: '.*' }

export interface RabbitmqAccess {
  username: string
  password: string
  vhost: string
}

/**
 * The tenant's vhost and a user who is allowed there and nowhere else; Weir's administrator gets rights in it too,
 * since being administrator doesn't let anybody into a vhost over AMQP. Does no harm when it's all there already.
 */
export async function provisionRabbitmq(
  dir: string,
  at: RabbitmqAddress,
  tenant: DemoTenant,
): Promise<RabbitmqAccess> {
  const api = createRabbitmqApi(at)
  const vhost = scopesOf(tenant).rabbitmq.vhosts[0] as string
  const username = tenant.slug
  const password = secretOf(dir, `rabbitmq.${username}`)
  await api.put(`/api/vhosts/${vhost}`, { description: tenant.name })
  await api.put(`/api/users/${username}`, { password, tags: '' })
  await api.put(`/api/permissions/${vhost}/${username}`, everything)
  await api.put(`/api/permissions/${vhost}/${encodeURIComponent(at.username)}`, everything)
  return { username, password, vhost }
}
