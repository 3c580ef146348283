import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { startBroker } from './broker-control.ts'
import { initialDynamicSecurity } from './dynamic-security.ts'
import { rememberedPorts } from './free-ports.ts'
import { inRoot } from './in-root.ts'
import { accepts, type MosquittoBroker, mosquittoLines, mosquittoUsername } from './mosquitto.ts'
import { findMosquittoPlugin } from './mosquitto-plugin.ts'
import { logFileOf, startProcess } from './processes.ts'
import { releaseOfPackage } from './releases.ts'
import type { Report } from './report.ts'
import { secretOf, writePrivateFile } from './secrets.ts'

const name = 'mosquitto-newer'
const user = 'mosquitto'

/**
 * Starts the Mosquitto of another system (newer-root.ts), set up as `startMosquitto` does, under
 * `<dir>/mosquitto-newer`. Throws when it doesn't come up.
 */
export async function startNewerMosquitto(options: {
  dir: string
  root: string
  report: Report
}): Promise<MosquittoBroker> {
  const { dir, root, report } = options
  const plugin = findMosquittoPlugin(root)
  if (plugin === null) throw new Error(`${root} has no Mosquitto`)
  const home = join(dir, name)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const { mqtt: port } = await rememberedPorts(join(home, 'ports.json'), ['mqtt'])
  const username = mosquittoUsername
  const password = secretOf(dir, `${name}.admin`)
  const security = join(home, 'dynamic-security.json')
  if (!existsSync(security)) writePrivateFile(security, initialDynamicSecurity(username, password))
  const lines = mosquittoLines({
    listener: `${port} 127.0.0.1`,
    home: '/data',
    plugin: plugin.slice(root.length),
    security: '/data/dynamic-security.json',
    user,
  })
  writePrivateFile(join(home, 'mosquitto.conf'), lines.join('\n'))
  report(`starting on mqtt://127.0.0.1:${port}`)
  const control = await startBroker({
    name: 'Mosquitto, newer',
    logFile: logFileOf(dir, name),
    async launch() {
      const command = ['/usr/sbin/mosquitto', '-c', '/data/mosquitto.conf']
      return startProcess({ name, dir, ...(await inRoot({ root, data: home, user, env: {}, command })) })
    },
    isReady: () => accepts(port),
  })
  return Object.assign(control, {
    kind: 'mqtt' as const,
    release: releaseOfPackage('mosquitto', root),
    url: `mqtt://127.0.0.1:${port}`,
    username,
    password,
  })
}

/**
 * A program that is the Mosquitto of another system, for tests that start brokers of their own with whatever files
 * and signals they like: by that system's loader and libraries it runs out here, as the very process that was started.
 * Answers its path.
 */
export function writeNewerMosquittoProgram(dir: string, root: string): string {
  const plugin = findMosquittoPlugin(root)
  if (plugin === null) throw new Error(`${root} has no Mosquitto`)
  const libraries = dirname(plugin) // the folder of that machine's architecture, the loader's too
  const loader = readdirSync(libraries).find((entry) => /^ld-linux.*\.so\.\d+$/.test(entry))
  const file = join(dir, `${name}.sh`)
  const command = `"${libraries}/${loader}" --library-path "${libraries}" "${root}/usr/sbin/mosquitto"`
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`)
  chmodSync(file, 0o755)
  return file
}
