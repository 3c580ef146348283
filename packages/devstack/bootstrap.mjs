// What `npm start` and `npm test` call first. Runs on any Node from 18 up, with nothing installed yet: it makes sure
// of the workspace's packages and of the Node that they pin, and hands over to src/cli.ts on that Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const startedAt = Date.now()
// Pinned here and not by a packageManager field, which makes pnpm look for another copy of itself.
const pnpm = ['--yes', 'pnpm@12.21.0']
const pinnedNode = join(root, 'node_modules/node/bin/node')
const pinnedMajor = 'v24.'

function say(text) {
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${text}`)
}

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
}

async function ensureInstalled() {
  const stamp = join(root, 'node_modules/.weir-installed')
  const wanted = lockfileHash()
  const isInstalled = () =>
    existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode)
  if (isInstalled()) return
  await oneAtATime(async () => {
    if (isInstalled()) return
    say('Packages: installing with pnpm (a minute or two the first time)')
    await runTold('npx', [...pnpm, 'install', '--frozen-lockfile', '--reporter=append-only'])
    writeFileSync(stamp, wanted)
    say('Packages: installed')
  })
}

/** `npm start` and `npm test` may begin in the same moment on a bare checkout; the second waits for the first. */
async function oneAtATime(work) {
  const folder = join(root, '.weir-cache')
  const lock = join(folder, 'install.lock')
  const own = `${lock}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(own, String(process.pid))
  try {
    while (!tryLink(own, lock)) {
      if (!isRunning(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true })
      else await delay(1000)
    }
    try {
      await work()
    } finally {
      rmSync(lock, { force: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
}

function tryLink(from, to) {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Runs a command, passing its lines on, and says that it's still going on when it is silent for 10 s. */
function runTold(command, args) {
  return new Promise((done, failed) => {
    // CI=true: pnpm must not ask anything in the middle of it.
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let lastAt = Date.now()
    let rest = ''
    const take = (chunk) => {
      lastAt = Date.now()
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      for (const line of lines) if (isWorthTelling(line)) say(`  ${line}`)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    const heartbeat = setInterval(() => {
      if (Date.now() - lastAt < 10_000) return
      lastAt = Date.now()
      say('  still going on')
    }, 1000)
    const stop = (signal) => child.kill(signal)
    process.on('SIGINT', stop).on('SIGTERM', stop)
    child.once('error', failed)
    child.once('close', (code) => {
      clearInterval(heartbeat)
      process.off('SIGINT', stop).off('SIGTERM', stop)
      if (code === 0) done()
      else failed(new Error(`${command} ${args.join(' ')} ended with exit status ${code}`))
    })
  })
}

// pnpm runs on the machine's Node and warns of it; everything else will run on the pinned one.
function isWorthTelling(line) {
  return line.trim() !== '' && !line.includes('Unsupported engine')
}

// pnpm 12 skips install scripts unless told otherwise; then this file isn't there, and everything would quietly run on
// the machine's own Node.
function checkNode() {
  const { stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' })
  if (stdout?.startsWith(pinnedMajor)) return
  throw new Error(
    `${pinnedNode} should be Node ${pinnedMajor}x and is ${stdout?.trim() || 'not there'}; delete node_modules and try again`,
  )
}

/** Hands over to the command itself; resolves with its exit status. Signals go on to it, and it stops in order. */
function handOver(args) {
  const owner = args[0] === 'bench' ? 'bench' : 'devstack'
  const cli = join(root, `packages/${owner}/src/cli.ts`)
  const [command, ...rest] = endingWithUs([pinnedNode, ...nodeOptions, cli, ...args])
  const child = spawn(command, rest, { cwd: process.cwd(), stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const parent = process.ppid
  const watch = setInterval(() => {
    // npm was killed outright. Without npm there may be no terminal either, and then nobody is expected to stay.
    if (process.env.npm_lifecycle_event !== undefined && process.ppid !== parent) child.kill('SIGTERM')
  }, 1000)
  return new Promise((done, failed) => {
    child.once('error', failed)
    child.once('exit', (code) => {
      clearInterval(watch)
      done(code ?? 1)
    })
  })
}

// Killed outright, we couldn't tell it to stop the brokers; on Linux the kernel does.
function endingWithUs(command) {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(existsSync)
  return setpriv === undefined ? command : [setpriv, '--pdeathsig', 'TERM', '--', ...command]
}

// kafkajs 2.2.4 asks for time-outs in the past, and Node says so each time.
const nodeOptions = ['--disable-warning=TimeoutNegativeWarning']

try {
  await ensureInstalled()
  checkNode()
  process.exitCode = await handOver(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
