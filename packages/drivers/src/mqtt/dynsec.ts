import { z } from 'zod'
import { BrokerNotFoundError, BrokerRejectedError, BrokerResponseError } from '../errors.ts'
import type { BrokerConnector } from './connect-broker.ts'
import { type DynsecCommand, dynsecExchange } from './dynsec-exchange.ts'

/** An account of Mosquitto's dynamic security, which calls it a client. Who is connected by it is another question. */
export interface MosquittoUser {
  readonly username: string
  readonly textname: string | null
  /** The one client id that it may connect with; null: any. */
  readonly clientId: string | null
  readonly roles: readonly string[]
  readonly groups: readonly string[]
  readonly disabled: boolean
}

export interface MosquittoRole {
  readonly rolename: string
  readonly textname: string | null
  readonly acls: readonly MosquittoAcl[]
}

export interface MosquittoAcl {
  /** publishClientSend, publishClientReceive, subscribeLiteral, subscribePattern, unsubscribeLiteral, unsubscribePattern */
  readonly acltype: string
  readonly topic: string
  /** The highest wins. */
  readonly priority: number
  readonly allow: boolean
}

/**
 * Users and roles, where the dynamic security plugin is loaded and these credentials administer it (capability
 * `dynsec`). Each call is a connection of its own.
 * Throws: BrokerForbiddenError, BrokerTimeoutError (no plugin, or no right to read its answers), BrokerNotFoundError,
 * BrokerRejectedError, and what connecting throws.
 */
export interface DynamicSecurity {
  listUsers(signal: AbortSignal): Promise<readonly MosquittoUser[]>
  listRoles(signal: AbortSignal): Promise<readonly MosquittoRole[]>
  /**
   * Cuts every connection of the user and refuses it from then on. Their wills are not published (2.0.11).
   * Refused for the account that Weir itself uses: nobody could enable it again.
   */
  disableUser(username: string, signal: AbortSignal): Promise<void>
  enableUser(username: string, signal: AbortSignal): Promise<void>
}

const named = <K extends string>(key: K) => z.array(z.object({ [key]: z.string() } as Record<K, z.ZodString>))

const Users = z.object({
  clients: z.array(
    z.object({
      username: z.string(),
      textname: z.string().optional(),
      clientid: z.string().optional(),
      roles: named('rolename').default([]),
      groups: named('groupname').default([]),
      disabled: z.boolean().default(false),
    }),
  ),
})

const Roles = z.object({
  roles: z.array(
    z.object({
      rolename: z.string(),
      textname: z.string().optional(),
      acls: z
        .array(z.object({ acltype: z.string(), topic: z.string(), priority: z.number(), allow: z.boolean() }))
        .default([]),
    }),
  ),
})

/** `ownUsername` is the account that `connector` uses; null: none. */
export function dynamicSecurityOf(connector: BrokerConnector, ownUsername: string | null): DynamicSecurity {
  const everything = { verbose: true, count: -1, offset: 0 }

  async function list<T>(command: string, schema: z.ZodType<T>, signal: AbortSignal): Promise<T> {
    const parsed = schema.safeParse(await dynsecExchange(connector, { command, ...everything }, signal))
    if (parsed.success) return parsed.data
    throw new BrokerResponseError(
      `the answer to ${command} is not what it should be: ${parsed.error.message}`,
    )
  }

  return {
    async listUsers(signal) {
      const { clients } = await list('listClients', Users, signal)
      return clients.map(({ username, textname, clientid, roles, groups, disabled }) => ({
        username,
        textname: textname ?? null,
        clientId: clientid ?? null,
        roles: roles.map(({ rolename }) => rolename),
        groups: groups.map(({ groupname }) => groupname),
        disabled,
      }))
    },
    async listRoles(signal) {
      const { roles } = await list('listRoles', Roles, signal)
      return roles.map(({ textname, ...role }) => ({ ...role, textname: textname ?? null }))
    },
    async disableUser(username, signal) {
      if (username === ownUsername) {
        const reason = 'this is the account that Weir itself connects with'
        throw new BrokerRejectedError(`"${username}" was not disabled: ${reason}`, reason)
      }
      await changeUser(connector, { command: 'disableClient', username }, signal)
    },
    async enableUser(username, signal) {
      await changeUser(connector, { command: 'enableClient', username }, signal)
    },
  }
}

async function changeUser(
  connector: BrokerConnector,
  command: DynsecCommand,
  signal: AbortSignal,
): Promise<void> {
  try {
    await dynsecExchange(connector, command, signal)
  } catch (error) {
    if (error instanceof BrokerRejectedError && error.reason === 'Client not found') {
      throw new BrokerNotFoundError(`${command.command}: there is no such user`, { cause: error })
    }
    throw error
  }
}
