import type { BrokerKind } from '@weir/contract'
import type { Database } from './store-database.ts'
import { uuidv7 } from './uuid.ts'

/**
 * Gives each declared tenant, cluster and instance its id: the one it had before, by slug, or a new one. Names and
 * scopes are the declaration's, so they are written over.
 */
export class InventoryRepository {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async saveTenant(tenant: { slug: string; name: string }): Promise<string> {
    const row = await this.#db
      .insertInto('tenants')
      .values({ id: uuidv7(), ...tenant, createdAt: Date.now() })
      .onConflict((conflict) => conflict.column('slug').doUpdateSet({ name: tenant.name }))
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  }

  /** A slug that changed its kind is another cluster: its old instances would read nonsense. */
  async saveCluster(cluster: { slug: string; name: string; kind: BrokerKind }): Promise<string> {
    const row = await this.#db
      .insertInto('clusters')
      .values({ id: uuidv7(), ...cluster, createdAt: Date.now() })
      .onConflict((conflict) =>
        conflict.column('slug').doUpdateSet({ name: cluster.name, kind: cluster.kind }),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  }

  async saveInstance(instance: {
    tenantId: string | null
    clusterId: string
    slug: string
    name: string
    scope: unknown
  }): Promise<string> {
    const scope = JSON.stringify(instance.scope)
    const existing = await this.#db
      .selectFrom('instances')
      .select('id')
      .where('slug', '=', instance.slug)
      .where('tenantId', instance.tenantId === null ? 'is' : '=', instance.tenantId)
      .executeTakeFirst()
    if (existing) {
      const { clusterId, name } = instance
      await this.#db
        .updateTable('instances')
        .set({ clusterId, name, scope })
        .where('id', '=', existing.id)
        .execute()
      return existing.id
    }
    const id = uuidv7()
    await this.#db
      .insertInto('instances')
      .values({ ...instance, id, scope, createdAt: Date.now() })
      .execute()
    return id
  }
}
