import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import type { BrokerKind } from '@weir/contract'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { BrokerDriver, SourceOf, Wanted } from '../driver.ts'
import { BrokerError } from '../errors.ts'
import { closedPort, startSilentServer } from './faulty-servers.ts'
import { createDemand, fixedDemand } from './fixed-demand.ts'
import { firstReading } from './reading-where.ts'
import { within } from './wait-for.ts'

/** One source to try, and how. */
export interface ContractSource<K extends BrokerKind> {
  readonly source: SourceOf<K>
  /** What it is asked with; a detail source needs `keys`. */
  readonly wanted?: Partial<Wanted>
  /** The first reading comes in this time. 5,000 unless said otherwise. */
  readonly firstWithinMs?: number
  /** False: it comes when there is news, or has a pace of its own, so the cadence isn't tried. */
  readonly followsCadence?: boolean
}

/** A way in that must fail: the right address with a wrong password, or another address with the right one. */
export type Fault = { readonly password: string } | { readonly host: string; readonly port: number }

/** What the contract needs of one kind's broker. */
export interface DriverHarness<K extends BrokerKind> {
  readonly sources: readonly ContractSource<K>[]
  /** `4.3`: what the broker must say it is, so that a suite that claims a version has run on it. */
  readonly release?: string | null
  /** Texts that no error may hold: the password in use. */
  readonly secrets: readonly string[]
  /** A new driver on the broker. */
  connect(): BrokerDriver<K>
  /** A new driver, kept from working by `fault`. Absent: this kind has no network to fail. */
  connectWith?(fault: Fault): BrokerDriver<K>
  /** A broker that hangs is told in this time. 5,000 unless said otherwise. */
  readonly silentWithinMs?: number
  /** Removes what the harness made. */
  dispose(): Promise<void>
}

const CADENCE_MS = 200
/** How late a reading may be on a machine that others use too. */
const SLACK_MS = 2_000

/**
 * What every driver does, whatever its broker. Each kind runs it on a real one, then adds cases of its own.
 * `makeHarness` is called once.
 */
export function describeDriver<K extends BrokerKind>(
  name: string,
  makeHarness: () => DriverHarness<K> | Promise<DriverHarness<K>>,
): void {
  describe(`${name} driver keeps the contract`, () => {
    let harness: DriverHarness<K>
    const opened: BrokerDriver<K>[] = []

    const connect = () => opened[opened.push(harness.connect()) - 1] as BrokerDriver<K>
    const connectWith = (fault: Fault, test: TestContext) => {
      if (harness.connectWith === undefined) return test.skip('this kind has no network to fail')
      return opened[opened.push(harness.connectWith(fault)) - 1] as BrokerDriver<K>
    }

    beforeAll(async () => {
      harness = await makeHarness()
    })
    afterAll(async () => {
      await Promise.all(opened.map((driver) => driver.close()))
      await harness?.dispose()
    })

    it('tells the version of the broker', async () => {
      const { version } = await connect().capabilities(AbortSignal.timeout(10_000))
      expect(version).toMatch(/\d/)
      console.info(`${name}: version ${version}`)
      const { release } = harness
      if (release) expect(version?.split('.').slice(0, 2).join('.')).toBe(release)
    })

    it('yields a first reading of every source, with its time and cost', async () => {
      const driver = connect()
      for (const { source, wanted, firstWithinMs = 5_000 } of harness.sources) {
        const before = Date.now()
        const reading = await firstReading(driver, source, fixedDemand(wanted), firstWithinMs)
        expect(reading.data, source).toBeDefined()
        expect(reading.observedAt, source).toBeLessThanOrEqual(Date.now())
        expect(reading.observedAt, source).toBeGreaterThanOrEqual(before - 60_000)
        expect(reading.cost.requests, source).toBeGreaterThanOrEqual(0)
        expect(reading.cost.durationMs, source).toBeGreaterThanOrEqual(0)
        expect(reading.completeness.complete, source).toBeTypeOf('boolean')
      }
    })

    it('reads at the wanted cadence', async () => {
      const driver = connect()
      for (const { source, wanted } of followers(harness)) {
        const stop = new AbortController()
        const demand = fixedDemand({ ...wanted, cadenceMs: CADENCE_MS })
        const readings = driver.watch(source, demand, stop.signal)[Symbol.asyncIterator]()
        // The first one may open connections; the gaps after it are the cadence's.
        await within(10_000, `a reading of ${source}`, readings.next())
        const gaps: number[] = []
        for (let at = performance.now(); gaps.length < 4; at = performance.now()) {
          const { value, done } = await within(10_000, `a reading of ${source}`, readings.next())
          expect(done, source).toBe(false)
          const longestMs = Math.max(CADENCE_MS, 10 * value.cost.durationMs) + SLACK_MS
          expect(performance.now() - at, source).toBeLessThan(longestMs)
          gaps.push(performance.now() - at)
        }
        stop.abort()
        // A late reading brings the next one closer, so single gaps may be short; their sum can't be.
        expect(
          gaps.reduce((sum, gap) => sum + gap),
          source,
        ).toBeGreaterThan(2 * CADENCE_MS)
      }
    })

    it('wakes at once when more is asked for', async () => {
      const driver = connect()
      for (const { source, wanted } of followers(harness)) {
        const stop = new AbortController()
        const demand = createDemand({ ...wanted, cadenceMs: 600_000 })
        const readings = driver.watch(source, demand, stop.signal)[Symbol.asyncIterator]()
        await within(10_000, `a reading of ${source}`, readings.next())
        const next = readings.next()
        demand.set({ cadenceMs: CADENCE_MS })
        expect((await within(10_000, `${source} waking`, next)).done, source).toBe(false)
        stop.abort()
      }
    })

    it('ends without an error when it is aborted, between readings and within one', async () => {
      const driver = connect()
      for (const { source, wanted } of harness.sources) {
        const between = new AbortController()
        const readings = driver.watch(source, fixedDemand(wanted), between.signal)[Symbol.asyncIterator]()
        await within(10_000, `a reading of ${source}`, readings.next())
        between.abort()
        const rest = readings.next().then(({ done }) => done || readings.next().then((next) => next.done))
        expect(await within(SLACK_MS, `the end of ${source}`, rest), source).toBe(true)

        const amid = new AbortController()
        const early = driver.watch(source, fixedDemand(wanted), amid.signal)[Symbol.asyncIterator]()
        const first = early.next()
        amid.abort()
        const end = first.then(({ done }) => done || early.next().then((next) => next.done))
        expect(await within(SLACK_MS, `the end of ${source}`, end), source).toBe(true)
      }
    })

    it('ends its watches without an error when it is closed', async () => {
      const driver = connect()
      const watches = harness.sources.map(({ source, wanted }) =>
        driver.watch(source, fixedDemand(wanted), new AbortController().signal)[Symbol.asyncIterator](),
      )
      await within(10_000, 'first readings', Promise.all(watches.map((watch) => watch.next())))
      const ends = watches.map(async (watch) => {
        while (!(await watch.next()).done);
      })
      await within(5_000, 'closing', driver.close())
      await within(SLACK_MS, 'the end of every watch', Promise.all(ends))
    })

    it('says BROKER_AUTH where the password is wrong', async (test) => {
      const password = `wrong-${randomUUID()}`
      const errors = await errorsOf(connectWith({ password }, test), harness.sources, 10_000)
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'BROKER_AUTH', retryable: false })
        expectNoSecret(error, [password, ...harness.secrets])
      }
    })

    it('says BROKER_UNREACHABLE where nobody listens', async (test) => {
      const driver = connectWith({ host: '127.0.0.1', port: await closedPort() }, test)
      for (const error of await errorsOf(driver, harness.sources, 5_000)) {
        expect(error).toMatchObject({ code: 'BROKER_UNREACHABLE', retryable: true })
        expectNoSecret(error, harness.secrets)
      }
    })

    it('gives up on a server that takes the connection and never answers', async (test) => {
      const silent = await startSilentServer()
      try {
        const driver = connectWith({ host: silent.host, port: silent.port }, test)
        const errors = await errorsOf(driver, harness.sources, harness.silentWithinMs ?? 5_000)
        for (const error of errors) {
          expect(['BROKER_TIMEOUT', 'BROKER_UNREACHABLE']).toContain(error.code)
          expect(error.retryable).toBe(true)
          expectNoSecret(error, harness.secrets)
        }
        expect(silent.taken()).toBeGreaterThan(0)
        await within(5_000, 'closing', driver.close())
      } finally {
        await silent.close()
      }
    })
  })
}

function followers<K extends BrokerKind>(harness: DriverHarness<K>): readonly ContractSource<K>[] {
  return harness.sources.filter(({ followsCadence = true }) => followsCadence)
}

/** What capabilities and each source throw, all asked at once. */
async function errorsOf<K extends BrokerKind>(
  driver: BrokerDriver<K>,
  sources: readonly ContractSource<K>[],
  withinMs: number,
): Promise<BrokerError[]> {
  const stop = new AbortController()
  const attempts: [string, Promise<unknown>][] = [
    ['capabilities', driver.capabilities(stop.signal)],
    ...sources.map(({ source, wanted }): [string, Promise<unknown>] => [
      source,
      driver.watch(source, fixedDemand(wanted), stop.signal)[Symbol.asyncIterator]().next(),
    ]),
  ]
  try {
    return await Promise.all(
      attempts.map(([what, attempt]) => within(withinMs, `an error of ${what}`, errorOf(what, attempt))),
    )
  } finally {
    stop.abort()
  }
}

async function errorOf(what: string, attempt: Promise<unknown>): Promise<BrokerError> {
  const outcome = await attempt.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if (!('error' in outcome)) throw new Error(`${what} worked: ${inspect(outcome.value)}`)
  if (outcome.error instanceof BrokerError) return outcome.error
  throw new Error(`${what} threw something that isn't a BrokerError`, { cause: outcome.error })
}

/** Neither the messages nor anything a logger would print of the error and its causes. */
function expectNoSecret(error: BrokerError, secrets: readonly string[]): void {
  const printed = inspect(error, { depth: 6 })
  for (const secret of secrets) {
    expect(printed).not.toContain(secret)
    expect(printed).not.toContain(encodeURIComponent(secret))
  }
}
