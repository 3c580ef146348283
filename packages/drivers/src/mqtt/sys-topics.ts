import type { MqttSysReading, SysValue } from './readings.ts'
import { filterMatches } from './topic-filter.ts'

const ROOT = '$SYS/broker/'
const RETAINED_COUNT = 'retained messages/count'
/** Mosquitto before 2.0.16 gives its retained values this long to live. */
const EXPIRY_MS = 60_000

/**
 * The broker's `$SYS` values. It sends a value only when it changed, so each keeps the time it last came, and one that
 * never came is absent, which isn't 0.
 */
export class SysTopics {
  readonly #values = new Map<string, SysValue>()
  /** What the broker keeps retained, and since when. */
  readonly #retained = new Map<string, number>()

  /** How many were retained when the broker last counted what it retains. */
  #retainedAtCount = 0

  /** We are about to subscribe anew: the broker will send what it has retained. Known values stay, with their age. */
  subscribing(): void {
    this.#retained.clear()
  }

  /** The broker was started anew: what it hasn't told since we subscribed is of the time before. */
  brokerRestarted(): void {
    for (const name of this.#values.keys()) if (!this.#retained.has(name)) this.#values.delete(name)
  }

  /** `name` is the topic below `$SYS/broker/`. */
  accept(name: string, value: string, at: number): void {
    this.#values.set(name, { value, observedAt: at })
    this.#retained.set(name, at)
    if (name === RETAINED_COUNT) this.counted()
  }

  /** The broker has counted: a tick has begun, or the figure itself has come. Only a figure that changed does. */
  counted(): void {
    this.#retainedAtCount = this.#retained.size
  }

  /**
   * Somebody subscribed: only then does a broker before 2.0.16 notice which of the values that match have expired, and
   * takes them out of its retained figure.
   */
  subscribed(filter: string, at: number): void {
    if (!expires(this.version)) return
    for (const [name, since] of this.#retained) {
      if (name !== 'version' && since < at - EXPIRY_MS && filterMatches(filter, ROOT + name)) {
        this.#retained.delete(name)
      }
    }
  }

  /** `2.0.11`; null: not told. */
  get version(): string | null {
    return this.#values.get('version')?.value.replace(/^mosquitto version /, '') ?? null
  }

  /** Seconds since the broker's start. */
  get uptime(): number | null {
    return this.number('uptime')
  }

  /** The number a value begins with (`38 seconds`); null: not told. */
  number(name: string): number | null {
    const value = Number.parseFloat(this.#values.get(name)?.value ?? '')
    return Number.isFinite(value) ? value : null
  }

  reading(countedAt: number | null): MqttSysReading {
    return { values: new Map(this.#values), countedAt, sysTopics: this.#retainedAtCount }
  }
}

function expires(version: string | null): boolean {
  const [major = 0, minor = 0, patch = 0] = version?.split('.').map((part) => Number.parseInt(part, 10)) ?? []
  return major === 2 && minor === 0 && patch < 16
}
