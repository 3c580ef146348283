import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { alterUserScramCredentialsV0, Connection } from '@platformatic/kafka'
import kafkajs, { type AclOperationTypes, type AclResourceTypes, Kafka, logLevel } from 'kafkajs'
import { type DemoTenant, scopesOf } from './demo-tenants.ts'
import type { KafkaAddress, KafkaSasl } from './kafka.ts'
import { secretOf } from './secrets.ts'

const scramSha512 = 2
const iterations = 8192

/**
 * A SCRAM user for the tenant, whose rights end at the tenant's prefix. Running it again does no harm: the password
 * stays the same and the broker keeps one copy of each right.
 */
export async function provisionKafka(dir: string, at: KafkaAddress, tenant: DemoTenant): Promise<KafkaSasl> {
  const username = tenant.slug
  const password = secretOf(dir, `kafka.${username}`)
  await putScramUser(at, username, password)
  await putPrefixedRights(at, username, scopesOf(tenant).kafka.topicPrefix)
  return { mechanism: 'scram-sha-512', username, password }
}

/** kafkajs has no call for SCRAM users, so this one is made by hand. The client computes the salted password. */
async function putScramUser(at: KafkaAddress, name: string, password: string): Promise<void> {
  const { username, password: adminPassword } = at.sasl
  const connection = new Connection('weir-devstack', {
    connectTimeout: 5000,
    requestTimeout: 10_000,
    sasl: { mechanism: 'SCRAM-SHA-512', username, password: adminPassword },
  })
  connection.on('error', () => {}) // told by the call below; without a listener it would end the process
  const [host, port] = splitAddress(at.bootstrap[0] as string)
  await connection.connect(host, port)
  try {
    const salt = randomBytes(24)
    const saltedPassword = pbkdf2Sync(password, salt, iterations, 64, 'sha512')
    const wanted = [{ name, mechanism: scramSha512, iterations, salt, saltedPassword }]
    await alterUserScramCredentialsV0.api.async(connection, [], wanted)
  } finally {
    await connection.close()
  }
}

async function putPrefixedRights(at: KafkaAddress, username: string, prefix: string): Promise<void> {
  const admin = superUser(at).admin()
  await admin.connect()
  try {
    await admin.createAcls({ acl: prefixedRights(username, prefix) })
  } finally {
    await admin.disconnect()
  }
}

function prefixedRights(username: string, prefix: string) {
  const { READ, WRITE, CREATE, DESCRIBE, DESCRIBE_CONFIGS, DELETE } = kafkajs.AclOperationTypes
  const { TOPIC, GROUP, TRANSACTIONAL_ID } = kafkajs.AclResourceTypes
  const right = (resourceType: AclResourceTypes, operation: AclOperationTypes) => ({
    resourceType,
    resourceName: prefix,
    resourcePatternType: kafkajs.ResourcePatternTypes.PREFIXED,
    principal: `User:${username}`,
    host: '*',
    operation,
    permissionType: kafkajs.AclPermissionTypes.ALLOW,
  })
  return [
    ...[READ, WRITE, CREATE, DESCRIBE, DESCRIBE_CONFIGS, DELETE].map((one) => right(TOPIC, one)),
    // Kafka knows no Write or Create of a group.
    ...[READ, DESCRIBE, DESCRIBE_CONFIGS, DELETE].map((one) => right(GROUP, one)),
    ...[WRITE, DESCRIBE].map((one) => right(TRANSACTIONAL_ID, one)),
  ]
}

function superUser(at: KafkaAddress): Kafka {
  const { mechanism, username, password } = at.sasl
  return new Kafka({
    clientId: 'weir-devstack',
    brokers: at.bootstrap,
    sasl: { mechanism, username, password },
    logLevel: logLevel.NOTHING,
  })
}

function splitAddress(address: string): [string, number] {
  const colon = address.lastIndexOf(':')
  return [address.slice(0, colon), Number(address.slice(colon + 1))]
}
