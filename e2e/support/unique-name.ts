import { randomBytes } from 'node:crypto'

/** A name that no other test, run or traffic uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`
}
