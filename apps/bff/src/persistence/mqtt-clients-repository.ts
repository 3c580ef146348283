import type { MqttClientReading } from '@weir/drivers'
import { z } from 'zod'
import type { Database } from './store-database.ts'

const SavedClient = z.object({
  clientId: z.string(),
  username: z.string().nullable(),
  address: z.string().nullable(),
  protocolVersion: z.enum(['3.1', '3.1.1', '5.0']).nullable(),
  cleanStart: z.boolean().nullable(),
  keepAlive: z.number().nullable(),
  connectedAt: z.number().nullable(),
  subscriptions: z.array(z.string()),
  drops: z.number(),
  takeovers: z.number(),
  recentConnects: z.array(z.number()),
  confirmed: z.boolean(),
})

/** Who was connected to each MQTT cluster when we last looked: what a restart would otherwise forget. */
export class MqttClientsRepository {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async save(clusterId: string, clients: readonly MqttClientReading[]): Promise<void> {
    const row = { clients: JSON.stringify(clients), savedAt: Date.now() }
    await this.#db
      .insertInto('mqttClients')
      .values({ clusterId, ...row })
      .onConflict((conflict) => conflict.column('clusterId').doUpdateSet(row))
      .execute()
  }

  /** None where nothing was saved, or where an older version saved another shape: the list then fills anew. */
  async load(clusterId: string): Promise<MqttClientReading[]> {
    const row = await this.#db
      .selectFrom('mqttClients')
      .select('clients')
      .where('clusterId', '=', clusterId)
      .executeTakeFirst()
    const parsed = SavedClient.array().safeParse(row && JSON.parse(row.clients))
    return parsed.success ? parsed.data : []
  }
}
