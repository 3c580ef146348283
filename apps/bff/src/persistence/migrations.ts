import type { Kysely } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import type { Tables } from './tables.ts'

const foundation: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('tenants')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('slug', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('clusters')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('slug', 'text', (column) => column.notNull().unique())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('instances')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('tenantId', 'text', (column) => column.references('tenants.id'))
      .addColumn('clusterId', 'text', (column) => column.notNull().references('clusters.id'))
      .addColumn('slug', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('instancesByTenant')
      .on('instances')
      .columns(['tenantId', 'slug'])
      .unique()
      .execute()
    await db.schema
      .createTable('mqttClients')
      .addColumn('clusterId', 'text', (column) => column.primaryKey().references('clusters.id'))
      .addColumn('clients', 'text', (column) => column.notNull())
      .addColumn('savedAt', 'bigint', (column) => column.notNull())
      .execute()
  },
}

/** Audit rows outlive what they are about: no references. */
const audit: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('audit')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('tenantId', 'text')
      .addColumn('instanceId', 'text', (column) => column.notNull())
      .addColumn('procedure', 'text', (column) => column.notNull())
      .addColumn('target', 'text', (column) => column.notNull())
      .addColumn('result', 'text', (column) => column.notNull())
      .addColumn('code', 'text')
      .addColumn('before', 'text')
      .addColumn('after', 'text')
      .addColumn('requestId', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('auditByInstance').on('audit').columns(['instanceId', 'id']).execute()
  },
}

/** Forward only, in the order of their names. */
const provider: MigrationProvider = {
  getMigrations: async () => ({ '0001-foundation': foundation, '0002-audit': audit }),
}

/** Brings the store to the newest shape, under Kysely's own lock. Throws what the failing migration threw. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}
