import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildWeb, webDist } from './build-web.ts'
import { nodeProgram, repositoryRoot } from './paths.ts'

/** `npm run serve`: the product alone, configured by its environment and weir.yaml. Answers its exit status. */
export async function runServe(): Promise<number> {
  await buildWeb((text) => console.error(`Pages: ${text}`))
  const main = join(repositoryRoot, 'apps/bff/src/main.ts')
  const child = spawn(nodeProgram, [main], {
    stdio: 'inherit',
    env: { WEIR_STATIC_DIR: webDist, ...process.env },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
