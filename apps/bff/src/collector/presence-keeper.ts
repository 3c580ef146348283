import type { Logger } from 'pino'
import type { MqttClientsRepository } from '../persistence/mqtt-clients-repository.ts'
import type { ReadingStore } from '../store/reading-store.ts'

/** A list that changes all the time is written no more often than this. */
const SAVE_MS = 5_000

/** Writes down who is connected to each MQTT cluster, so that a restart of ours forgets nobody. */
export class PresenceKeeper {
  readonly #store: ReadingStore
  readonly #repository: MqttClientsRepository
  readonly #log: Logger
  readonly #due = new Map<string, NodeJS.Timeout>()
  readonly #stopListening: () => void

  constructor(store: ReadingStore, repository: MqttClientsRepository, log: Logger) {
    this.#store = store
    this.#repository = repository
    this.#log = log
    this.#stopListening = store.onChange((clusterId, source) => {
      if (source !== 'mqtt.clients' || this.#due.has(clusterId)) return
      this.#due.set(
        clusterId,
        setTimeout(() => void this.#save(clusterId), SAVE_MS),
      )
    })
  }

  /** Writes what is not yet written. */
  async close(): Promise<void> {
    this.#stopListening()
    await Promise.all([...this.#due.keys()].map((clusterId) => this.#save(clusterId)))
  }

  async #save(clusterId: string): Promise<void> {
    clearTimeout(this.#due.get(clusterId))
    this.#due.delete(clusterId)
    const reading = this.#store.get(clusterId, 'mqtt.clients')?.reading
    if (!reading) return
    try {
      await this.#repository.save(clusterId, [...reading.data.clients.values()])
    } catch (err) {
      this.#log.error({ clusterId, err }, 'the list of MQTT clients could not be saved')
    }
  }
}
