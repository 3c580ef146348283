import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AuditEntry, type BrokerKind, Instance, type ScopeOf } from '@weir/contract'
import { type BrokerTarget, createDriver, type DriverOf } from '@weir/drivers'
import { areaLoggers, createLogger } from '../logger.ts'
import { AuditRepository } from '../persistence/audit-repository.ts'
import { MqttClientsRepository } from '../persistence/mqtt-clients-repository.ts'
import { openDatabase } from '../persistence/store-database.ts'
import { type RunningWeir, serve } from '../serve.ts'
import { Inventory } from '../tenancy/inventory.ts'

/** What a call of the HTTP API answered: `body` is whatever JSON it was. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** The real server over a real broker that two tenants share. Tenants and their instances are called `a` and `b`. */
export interface BrokerWeir<K extends BrokerKind> extends RunningWeir {
  /** The one that the server uses: to spy on. */
  readonly driver: DriverOf[K]
  get(path: string): Promise<Answer>
  /** From the server's own page. */
  post(path: string, body?: object): Promise<Answer>
  /** Newest first. */
  audit(instanceId: string): Promise<readonly AuditEntry[]>
}

/** Besides the tenants' instances there is `whole`: all of the cluster, for operators. */
export async function startBrokerWeir<K extends BrokerKind>(
  target: BrokerTarget & { readonly kind: K },
  scopes: { readonly a: ScopeOf[K]; readonly b: ScopeOf[K] },
): Promise<BrokerWeir<K>> {
  // The factory answers the kind that it is asked for.
  const driver = createDriver(target, async (host) => host) as DriverOf[K]
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-broker-'))
  const database = await openDatabase(dataDir)
  const weir = await serve({
    inventory: inventoryOf(target, scopes),
    audit: new AuditRepository(database),
    mqttClients: new MqttClientsRepository(database),
    driverFor: () => driver,
    host: '127.0.0.1',
    port: 0,
    staticDir: dataDir,
    log: areaLoggers(createLogger('fatal')),
  })
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(`${weir.url}/api/v1${path}`, init)
    return { status: answer.status, body: await answer.json() }
  }
  return {
    ...weir,
    driver,
    get: (path) => ask(path),
    post(path, body = {}) {
      const headers = { 'content-type': 'application/json', origin: weir.url }
      return ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
    },
    async audit(instanceId) {
      return AuditEntry.array().parse((await ask(`/audit?instanceId=${instanceId}`)).body)
    },
    async close() {
      await weir.close()
      await driver.close()
      await database.destroy()
      rmSync(dataDir, { recursive: true })
    },
  }
}

function inventoryOf<K extends BrokerKind>(
  target: BrokerTarget & { readonly kind: K },
  scopes: { readonly a: ScopeOf[K]; readonly b: ScopeOf[K] },
): Inventory {
  const { kind } = target
  const cluster = { id: 'cluster', slug: 'cluster', name: 'Shared', kind, unavailable: null, target }
  const instance = (id: string, tenantId: string | null, scope: unknown) =>
    Instance.parse({
      ...{ id, tenantId, slug: id, name: id, kind, scope },
      ...{ clusterId: cluster.id, clusterName: cluster.name },
    })
  return new Inventory(
    ['a', 'b'].map((id) => ({ id, slug: id, name: id })),
    [cluster],
    [instance('whole', null, { all: true }), instance('a', 'a', scopes.a), instance('b', 'b', scopes.b)],
  )
}
