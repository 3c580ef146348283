import { existsSync, readdirSync } from 'node:fs'

/**
 * Where Mosquitto's dynamic security plugin is: the folder has the machine's architecture in its name.
 * Another system is looked through by its `root`.
 */
export function findMosquittoPlugin(root = ''): string | null {
  const folders = [
    ...['/usr/lib', '/usr/local/lib', '/opt/homebrew/lib'].map((folder) => `${root}${folder}`),
    ...subfolders(`${root}/usr/lib`),
  ]
  const places = folders.flatMap((folder) => [
    `${folder}/mosquitto_dynamic_security.so`,
    `${folder}/mosquitto/mosquitto_dynamic_security.so`,
  ])
  return places.find(existsSync) ?? null
}

function subfolders(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`)
}
