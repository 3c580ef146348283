import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root, wherever the command was called from. */
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..')

/** Downloads that every data folder shares (Kafka's jars): not worth fetching again per run. */
export const cacheDir = resolve(repositoryRoot, '.weir-cache')

export const nodeProgram = process.execPath

/** A data folder given on the command line, relative to the repository's root. */
export function dataDir(name: string): string {
  return resolve(repositoryRoot, name)
}
