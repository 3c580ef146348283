import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

// Daemons live in sbin, which an ordinary user's PATH leaves out; Homebrew's two prefixes are for macOS.
const extraFolders = [
  '/usr/sbin',
  '/sbin',
  '/usr/local/sbin',
  '/usr/lib/rabbitmq/bin',
  '/opt/homebrew/sbin',
  '/opt/homebrew/bin',
]

/** Where a program is, or null when this machine doesn't have it. */
export function findProgram(name: string): string | null {
  if (isAbsolute(name)) return isExecutable(name) ? name : null
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...extraFolders]
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false // not there, or not ours to run: both mean that we can't use it
  }
}
