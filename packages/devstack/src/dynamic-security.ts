import { pbkdf2Sync, randomBytes } from 'node:crypto'

/**
 * The file that Mosquitto's dynamic security plugin starts from, with one administrator.
 * `mosquitto_ctrl dynsec init` writes the same but takes the password on its command line, for all to see.
 * `$CONTROL` never falls through to a default, so its rights are written out; `#` doesn't cover `$…` topics either.
 */
export function initialDynamicSecurity(username: string, password: string): string {
  const topics = ['$CONTROL/#', '$SYS/#', '#']
  const acltypes = ['publishClientSend', 'publishClientReceive', 'subscribePattern', 'unsubscribePattern']
  const acls = acltypes.flatMap((acltype) =>
    topics.map((topic) => ({ acltype, topic, priority: 0, allow: true })),
  )
  const defaultACLAccess = {
    publishClientSend: false,
    publishClientReceive: true,
    subscribe: false,
    unsubscribe: true,
  }
  const client = { username, textname: 'Administrator', roles: [{ rolename: 'admin' }], ...hashed(password) }
  return JSON.stringify(
    { defaultACLAccess, clients: [client], roles: [{ rolename: 'admin', acls }] },
    null,
    2,
  )
}

// Mosquitto 2.0's own scheme; it reads the number of iterations from the file, and accepts more than its default 101.
function hashed(password: string): { password: string; salt: string; iterations: number } {
  const salt = randomBytes(12)
  const iterations = 1000
  const hash = pbkdf2Sync(password, salt, iterations, 64, 'sha512')
  return { password: hash.toString('base64'), salt: salt.toString('base64'), iterations }
}
