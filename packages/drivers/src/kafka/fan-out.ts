import { BrokerAuthError, type BrokerError, BrokerTimeoutError } from '../errors.ts'
import { brokerErrorOf } from './errors.ts'

/** A tick waits so long for brokers that answered the last time, */
const PATIENCE_MS = 700
/** and so long for those never asked before, since they are being connected to. */
const FIRST_PATIENCE_MS = 2_500

/** How one broker did: it answered, it failed, or it is still at it. */
export type Outcome = 'answered' | 'late' | BrokerError

export interface Round {
  readonly outcomes: ReadonlyMap<number, Outcome>
  /** How long the slowest answer took, ms. */
  readonly busyMs: number
}

interface Answer {
  readonly outcome: Exclude<Outcome, 'late'>
  readonly tookMs: number
}

/**
 * One source's requests to many brokers: one loop per broker, never more than one job in flight at each. A round waits
 * for the brokers that answered last time and for no others, so that a frozen or dead one costs its own rows and
 * nobody's time.
 */
export class FanOut {
  readonly #running = new Map<number, Promise<Answer>>()
  readonly #last = new Map<number, Exclude<Outcome, 'late'>>()

  /**
   * Starts `job` on each broker that isn't still busy with its last one. `job` answers how long the broker was at it.
   * Where nobody answers, waits for the first answer or everybody's failure.
   */
  async round(brokers: Iterable<number>, job: (broker: number) => Promise<number>): Promise<Round> {
    const ids = [...brokers]
    const waitedFor: Promise<unknown>[] = []
    const started: Promise<Answer>[] = []
    let patienceMs = PATIENCE_MS
    for (const id of ids) {
      if (this.#running.has(id)) continue
      const last = this.#last.get(id)
      const run = this.#start(id, job)
      started.push(run)
      if (last === undefined) patienceMs = FIRST_PATIENCE_MS
      if (last === undefined || last === 'answered') waitedFor.push(run)
    }
    const answers = new Set<Answer>()
    for (const run of started) void run.then((answer) => answers.add(answer))
    await atMost(patienceMs, Promise.all(waitedFor))
    if (![...answers].some(({ outcome }) => outcome === 'answered')) {
      await firstAnswer(ids.flatMap((id) => this.#running.get(id) ?? []))
    }
    const outcomes = new Map(ids.map((id): [number, Outcome] => [id, this.#outcome(id)]))
    const busyMs = Math.max(0, ...[...answers].map(({ tookMs }) => tookMs))
    return { outcomes, busyMs }
  }

  /** A broker that failed last time and is being tried again is still a failing one. */
  #outcome(id: number): Outcome {
    const last = this.#last.get(id) ?? 'late'
    return last === 'answered' && this.#running.has(id) ? 'late' : last
  }

  #start(id: number, job: (broker: number) => Promise<number>): Promise<Answer> {
    const run = job(id)
      .then(
        (tookMs): Answer => ({ outcome: 'answered', tookMs }),
        (error): Answer => ({ outcome: brokerErrorOf(error, `broker ${id}`), tookMs: 0 }),
      )
      .then((answer) => {
        this.#running.delete(id)
        this.#last.set(id, answer.outcome)
        return answer
      })
    this.#running.set(id, run)
    return run
  }
}

/** The error to throw where no broker answered; null where one did. */
export function failureOf({ outcomes }: Round): BrokerError | null {
  const all = [...outcomes.values()]
  if (all.length === 0 || all.includes('answered')) return null
  const errors = all.filter((outcome) => outcome instanceof Error)
  return (
    errors.find((error) => error instanceof BrokerAuthError) ??
    errors.find((error) => error instanceof BrokerTimeoutError) ??
    errors[0] ??
    new BrokerTimeoutError('no broker answered in time')
  )
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

/** Waits until one has answered, or all have failed. */
async function firstAnswer(running: readonly Promise<Answer>[]): Promise<void> {
  await Promise.any(
    running.map((run) => run.then(({ outcome }) => (outcome === 'answered' ? true : Promise.reject()))),
  ).catch(
    () => {}, // all have failed: the outcomes say why
  )
}
