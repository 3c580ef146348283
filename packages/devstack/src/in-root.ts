import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from './programs.ts'

export interface ProgramInRoot {
  /** What it sees as `/` (newer-root.ts). */
  root: string
  /** What it sees as `/data`. Becomes `user`'s. */
  data: string
  /** A user of that system. */
  user: string
  /** Nothing else is in its environment. No secrets: a list of processes shows them. */
  env: Readonly<Record<string, string>>
  command: readonly string[]
}

/**
 * How to start a program of another system (for `startProcess`), with mounts and process ids of its own: nothing is
 * left to unmount, and what it starts beside itself ends with it. The network is ours.
 * `unshare` ignores SIGTERM, so what is held is its only child, which the program takes the place of. Ends with its
 * starter: that kills `unshare`, and the program is told by the kernel to end in order.
 */
export async function inRoot(program: ProgramInRoot) {
  const { root, data, user, env, command } = program
  await promisify(execFile)('chown', ['-R', ownerIn(root, user), data])
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const args = ['--mount', '--pid', '--fork', 'sh', '-c', script, root, data, user, ...variables, ...command]
  return { command: findProgram('unshare') ?? 'unshare', args, isWrapper: true }
}

// Each step takes the place of the one before it; only the mounts are children, and they have ended by then.
const script = `
root=$0 data=$1 user=$2; shift 2
mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" &&
mount --bind "$data" "$root/data" && mount --bind /etc/hosts "$root/etc/hosts" || exit 70
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups --pdeathsig TERM \\
  env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 HOME=/data "$@"`

/** By number: out here the name may belong to somebody else, or to nobody. */
function ownerIn(root: string, user: string): string {
  const lines = readFileSync(join(root, 'etc/passwd'), 'utf8').split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${user}:`))?.split(':') ?? []
  if (uid === undefined || gid === undefined) throw new Error(`${root} has no user ${user}`)
  return `${uid}:${gid}`
}
