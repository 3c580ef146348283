import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'

/**
 * Ports are taken from below the range that the system gives to outgoing connections (32768 and up on Linux), so that
 * a remembered port is still ours at the next start. 25672 and 27017-ish defaults of well-known servers are left out.
 */
const lowest = 20_000
const highest = 29_999
const wellKnown = new Set([24_224, 25_672, 27_015, 27_017, 27_018, 27_019, 28_015])

/** Whether nothing listens on this port of the loopback address. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** A free port that isn't in `taken`. Throws when a hundred tries found none. */
export async function freePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest + 1))
    if (!wellKnown.has(port) && !taken.has(port) && (await isPortFree(port))) return port
  }
  throw new Error(`no free port found between ${lowest} and ${highest}`)
}

/**
 * A port per name, remembered in `file`: the same ones as last time where they are still free, new ones otherwise.
 * Each caller has a file of its own, since reading and writing it isn't locked.
 */
export async function rememberedPorts<Name extends string>(
  file: string,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const remembered = readPorts(file)
  const ports: Record<string, number> = {}
  const taken = new Set<number>(Object.values(remembered))
  for (const name of names) {
    const last = remembered[name]
    const port = last !== undefined && (await isPortFree(last)) ? last : await freePort(taken)
    ports[name] = port
    taken.add(port)
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`)
  return ports as Record<Name, number>
}

function readPorts(file: string): Record<string, number> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const entries = Object.entries(parsed ?? {}).filter((entry) => Number.isInteger(entry[1]))
    return Object.fromEntries(entries)
  } catch {
    return {} // first start, or a file cut short by a crash: new ports do no harm
  }
}
