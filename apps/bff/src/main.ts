import { createDriver } from '@weir/drivers'
import { configFile, readEnvironment } from './config/environment.ts'
import { ConfigError, type Problem } from './config/problems.ts'
import { readWeirYaml } from './config/weir-yaml.ts'
import { areaLoggers, createLogger } from './logger.ts'
import { AuditRepository } from './persistence/audit-repository.ts'
import { InventoryRepository } from './persistence/inventory-repository.ts'
import { MqttClientsRepository } from './persistence/mqtt-clients-repository.ts'
import { openDatabase } from './persistence/store-database.ts'
import { serve } from './serve.ts'
import { loadInventory } from './tenancy/load-inventory.ts'

async function main(): Promise<void> {
  const { environment, declaration } = readConfiguration()
  const log = areaLoggers(createLogger(environment.logLevel))
  const database = await openDatabase(environment.dataDir)
  const inventory = await loadInventory(declaration, new InventoryRepository(database))
  const { host, port, staticDir } = environment
  const driverFor = (target: Parameters<typeof createDriver>[0]) => createDriver(target, async (name) => name)
  const weir = await serve({
    inventory,
    audit: new AuditRepository(database),
    mqttClients: new MqttClientsRepository(database),
    driverFor,
    host,
    port,
    staticDir,
    log,
  })
  log.main.info({ url: weir.url }, 'listening')

  const stop = async (signal: string) => {
    log.main.info({ signal }, 'stopping')
    await weir.close()
    await database.destroy()
    log.main.info('stopped')
    process.exit(0)
  }
  process.once('SIGTERM', () => void stop('SIGTERM'))
  process.once('SIGINT', () => void stop('SIGINT'))
}

/** Everything that is wrong with the environment and the declaration is listed at once; the exit status is 2. */
function readConfiguration() {
  const problems: Problem[] = []
  const environment = collecting(problems, () => readEnvironment(process.env))
  const declaration = collecting(problems, () => readWeirYaml(configFile(process.env), process.env))
  if (environment && declaration) return { environment, declaration }
  process.stderr.write('Weir cannot start: its configuration has mistakes.\n')
  for (const { path, message } of problems) process.stderr.write(`  ${path}: ${message}\n`)
  process.exit(2)
}

function collecting<T>(problems: Problem[], read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    problems.push(...error.problems)
    return null
  }
}

await main().catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
  process.stderr.write(
    `Weir cannot listen: ${error.message}. Set WEIR_PORT to another port, or to 0 for any free one.\n`,
  )
  process.exit(1)
})
