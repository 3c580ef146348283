/** Ids are UUIDv7 text; times are epoch ms; JSON stands as text. */
export interface TenantsTable {
  id: string
  slug: string
  name: string
  createdAt: number
}

export interface ClustersTable {
  id: string
  slug: string
  name: string
  kind: 'rabbitmq' | 'kafka' | 'mqtt'
  createdAt: number
}

export interface InstancesTable {
  id: string
  tenantId: string | null
  clusterId: string
  slug: string
  name: string
  scope: string
  createdAt: number
}

/** What we knew of a cluster's MQTT clients when we last wrote it down. */
export interface MqttClientsTable {
  clusterId: string
  clients: string
  savedAt: number
}

export interface AuditTable {
  id: string
  at: number
  actor: string
  tenantId: string | null
  instanceId: string
  procedure: string
  target: string
  result: string
  code: string | null
  before: string | null
  after: string | null
  requestId: string
}

export interface Tables {
  tenants: TenantsTable
  clusters: ClustersTable
  instances: InstancesTable
  mqttClients: MqttClientsTable
  audit: AuditTable
}
