import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { exclusively } from './exclusively.ts'
import { findMosquittoPlugin } from './mosquitto-plugin.ts'
import { findProgram } from './programs.ts'
import type { Report } from './report.ts'
import { runCommand } from './run-command.ts'

/** Something of the operating system's that we need, under Debian's and Homebrew's names. */
export interface SystemPackage {
  name: string
  debian: string
  homebrew: string
  isThere(): boolean
}

export const systemPackages = {
  rabbitmq: {
    name: 'RabbitMQ',
    debian: 'rabbitmq-server',
    homebrew: 'rabbitmq',
    isThere: () => findProgram('rabbitmq-server') !== null,
  },
  mosquitto: {
    name: 'Mosquitto',
    debian: 'mosquitto',
    homebrew: 'mosquitto',
    isThere: () => findProgram('mosquitto') !== null && findMosquittoPlugin() !== null,
  },
  java: {
    name: 'Java',
    debian: 'default-jre-headless',
    homebrew: 'openjdk',
    isThere: () => findProgram('java') !== null,
  },
  maven: {
    name: 'Maven',
    debian: 'maven',
    homebrew: 'maven',
    isThere: () => findProgram('mvn') !== null,
  },
  debootstrap: {
    name: 'debootstrap',
    debian: 'debootstrap',
    homebrew: 'debootstrap',
    isThere: () => findProgram('debootstrap') !== null,
  },
  chromium: {
    name: 'Chromium',
    debian: 'chromium',
    homebrew: 'chromium',
    isThere: () => findProgram('chromium') !== null,
  },
} as const satisfies Record<string, SystemPackage>

export type SystemPackageName = keyof typeof systemPackages

/**
 * Makes sure of system packages, as far as we may: as root at once, having said so; otherwise after asking; otherwise
 * not at all. Never throws: who needs a package that couldn't be had finds out, and names it as the reason.
 */
export async function ensurePackages(names: readonly SystemPackageName[], report: Report): Promise<void> {
  const missing = names.map((name) => systemPackages[name]).filter((one) => !one.isThere())
  if (missing.length === 0) return report('everything is there')
  const wanted = missing.map((one) => one.name).join(', ')
  if (process.platform === 'darwin') {
    return report(`missing: ${wanted}. Try: brew install ${missing.map((one) => one.homebrew).join(' ')}`)
  }
  const debian = missing.map((one) => one.debian)
  if (findProgram('apt-get') === null) {
    return report(`missing: ${wanted}, and there is no apt-get here to install them with`)
  }
  if (process.getuid?.() === 0) {
    report(`installing ${wanted} with apt-get (${debian.join(' ')})`)
    return exclusively('packages', report, () => installAsRoot(debian, report))
  }
  return installWithSudo(wanted, debian, report)
}

async function installAsRoot(debian: readonly string[], report: Report): Promise<void> {
  await withServicesKeptDown(async () => {
    try {
      await aptGet(['update'], report)
    } catch (error) {
      report(`apt-get update failed, trying with the lists that are there: ${firstLine(error)}`)
    }
    try {
      await aptGet(['install', '-y', '--no-install-recommends', ...debian], report)
    } catch (error) {
      // One name that can't be had mustn't cost the others.
      report(`installing all at once failed, trying one by one: ${firstLine(error)}`)
      for (const name of debian) {
        await aptGet(['install', '-y', '--no-install-recommends', name], report).catch((reason) =>
          report(`${name} can't be installed: ${firstLine(reason)}`),
        )
      }
    }
  })
}

async function installWithSudo(wanted: string, debian: readonly string[], report: Report): Promise<void> {
  const command = sudoCommand(debian)
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    return report(`missing: ${wanted}. Going on without. To have them: ${command}`)
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`\nMissing: ${wanted}. Run this now? [y/N]\n  ${command}\n`)
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) return report(`going on without ${wanted}`)
  await runCommand('sh', ['-c', command], { onLine: report }).catch((error) => report(firstLine(error)))
}

/**
 * The one command that a person may run for us. Debian starts a service while it installs it, on the default port;
 * `policy-rc.d` answering 101 is its way of being told not to.
 */
export function sudoCommand(debian: readonly string[]): string {
  const steps = [
    'p=/usr/sbin/policy-rc.d',
    '[ -e $p ] && mv $p $p.before-weir',
    'printf "#!/bin/sh\\nexit 101\\n" > $p',
    'chmod 755 $p',
    'apt-get update',
    `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${debian.join(' ')}`,
    's=$?',
    'rm -f $p',
    '[ -e $p.before-weir ] && mv $p.before-weir $p',
    'exit $s',
  ]
  return `sudo sh -c '${steps.join('; ')}'`
}

async function withServicesKeptDown(install: () => Promise<void>): Promise<void> {
  const policy = '/usr/sbin/policy-rc.d'
  const aside = `${policy}.before-weir`
  if (existsSync(policy)) renameSync(policy, aside)
  writeFileSync(policy, '#!/bin/sh\nexit 101\n')
  chmodSync(policy, 0o755)
  try {
    await install()
  } finally {
    rmSync(policy, { force: true })
    if (existsSync(aside)) renameSync(aside, policy)
  }
}

function aptGet(args: readonly string[], report: Report): Promise<string> {
  return runCommand('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    onLine: atMostEvery(2000, (line) => report(shorten(line))),
  })
}

// A line per package would hide everything else; one now and then shows that it goes on.
function atMostEvery(ms: number, tell: (line: string) => void): (line: string) => void {
  let lastAt = 0
  return (line) => {
    if (!/^(Get|Need to get|Unpacking|Setting up)/.test(line) || Date.now() - lastAt < ms) return
    lastAt = Date.now()
    tell(line)
  }
}

// apt names the mirror it reads from, which tells nobody anything.
function shorten(line: string): string {
  return line.replace(/https?:\/\/\S+ /, '').replace(/ \.\.\.$/, '')
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .split('\n')
    .slice(0, 3)
    .join(' ')
}
