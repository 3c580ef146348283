// NOT RUN BY US: no Docker engine was at hand where this was written. See compose.yaml.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrokerControl, type BrokerParts, startBroker } from './broker-control.ts'
import { repositoryRoot } from './paths.ts'
import type { RunningProcess } from './processes.ts'
import { findProgram } from './programs.ts'
import { runCommand } from './run-command.ts'

export type ComposeService = 'rabbitmq' | 'kafka' | 'mosquitto'

/** Whether a Docker engine with Compose answers. `WEIR_DOCKER=off` says no without asking. */
export async function isComposeThere(): Promise<boolean> {
  const docker = findProgram('docker')
  if (docker === null || process.env.WEIR_DOCKER === 'off') return false
  try {
    await runCommand(docker, ['info'])
    await runCommand(docker, ['compose', 'version'])
    return true
  } catch {
    return false // a client without an engine, or an engine without Compose
  }
}

/** Starts one service of compose.yaml; its configuration and data are under `<dir>/<service>`. */
export function startByCompose(
  service: ComposeService,
  dir: string,
  env: Record<string, string>,
  parts: Pick<BrokerParts, 'name' | 'isReady'>,
): Promise<BrokerControl> {
  const home = join(dir, service)
  if (!existsSync(home)) mkdirSync(home, { recursive: true, mode: 0o755 })
  const compose = composeFor(service, dir, env)
  return startBroker({
    ...parts,
    logFile: `docker compose -p ${projectOf(dir)} logs ${service}`,
    launch: async () => {
      await compose.run(['up', '--detach', service])
      return compose.running()
    },
  })
}

function composeFor(service: ComposeService, dir: string, env: Record<string, string>) {
  const fixed = ['compose', '-p', projectOf(dir), '-f', join(repositoryRoot, 'compose.yaml')]
  const environment = { ...process.env, WEIR_STACK_DIR: dir, ...env }
  const docker = findProgram('docker') ?? 'docker'
  const run = (args: readonly string[]) => runCommand(docker, [...fixed, ...args], { env: environment })
  const now = (args: readonly string[]) =>
    execFileSync(docker, [...fixed, ...args], { env: environment, encoding: 'utf8' }).trim()
  return {
    run,
    running(): RunningProcess {
      const id = now(['ps', '--quiet', service])
      const pid = execFileSync(docker, ['inspect', '--format', '{{.State.Pid}}', id], { encoding: 'utf8' })
      const ended = runCommand(docker, ['wait', id]).then((status) => `exit status ${status.trim()}`)
      return {
        pid: Number(pid),
        ended,
        stop: async () => void (await run(['stop', service])),
        kill: async () => void (await run(['kill', service])),
        pause: () => void now(['pause', service]),
        resume: () => void now(['unpause', service]),
      }
    },
  }
}

/** One Compose project per data folder, so that two of them run side by side. */
export function projectOf(dir: string): string {
  const name = dir.replace(/[^a-z0-9]+/gi, '-').toLowerCase()
  return `weir-${name.replace(/^-|-$/g, '')}`.slice(-60)
}
