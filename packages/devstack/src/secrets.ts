import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The random password called `name` of this data folder: made at the first call, the same one ever after.
 * Kept in `<dir>/secrets.json`, mode 0600. 40 hexadecimal digits, so that it needs no escaping in a URL, an .ini file
 * or a JAAS string. Reading and writing is synchronous: starts that run in parallel can't lose each other's passwords.
 */
export function secretOf(dir: string, name: string): string {
  const file = join(dir, 'secrets.json')
  const secrets = readSecrets(file)
  const known = secrets[name]
  if (known !== undefined) return known
  const made = randomBytes(20).toString('hex')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  writePrivateFile(file, `${JSON.stringify({ ...secrets, [name]: made }, null, 2)}\n`)
  return made
}

/** Writes a file that only its owner may read; a reader sees the old content or the new one, never half of it. */
export function writePrivateFile(file: string, content: string): void {
  const next = `${file}.${process.pid}.new`
  writeFileSync(next, content, { mode: 0o600 })
  chmodSync(next, 0o600) // the mode above counts only when the file is new
  renameSync(next, file)
}

// A file that is there but can't be read must stop the start: new passwords wouldn't fit the brokers' old data.
function readSecrets(file: string): Record<string, string> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
