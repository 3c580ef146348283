import type { ServerMessage, Subject, View } from '@weir/contract'
import { waitFor } from '@weir/drivers/testing'
import { LiveTestClient } from './live-test-client.ts'

type Data = Readonly<Record<string, unknown>>

/** One view as a page would hold it: the last snapshot and every delta since. */
export class LiveView {
  readonly client: LiveTestClient

  private constructor(client: LiveTestClient) {
    this.client = client
  }

  static async open(url: string, subject: Subject, view: View): Promise<LiveView> {
    const client = await LiveTestClient.connect(url)
    client.subscribe('view', subject, view)
    return new LiveView(client)
  }

  /** The rows of a table by key; empty before the first snapshot. */
  rows(): ReadonlyMap<string, Data> {
    const rows = new Map<string, Data>()
    for (const message of this.client.received) {
      if (message.type === 'snapshot') rows.clear()
      if (message.type === 'delta') for (const key of message.remove ?? []) rows.delete(key)
      for (const row of rowsIn(message)) rows.set(row.key, row)
    }
    return rows
  }

  row(key: string): Data | undefined {
    return this.rows().get(key)
  }

  /** Waits until the rows are as wanted; the error shows what they were. */
  async until(
    what: string,
    isIt: (rows: ReadonlyMap<string, Data>) => boolean,
    withinMs: number,
  ): Promise<void> {
    try {
      await waitFor(what, () => isIt(this.rows()), { withinMs })
    } catch (error) {
      const last = JSON.stringify([...this.rows().values()].slice(0, 20))
      throw new Error(`${what}: not within ${withinMs} ms; last seen: ${last}`, { cause: error })
    }
  }

  close(): void {
    this.client.close()
  }
}

function rowsIn(message: ServerMessage): readonly ({ readonly key: string } & Data)[] {
  const rows = message.type === 'snapshot' ? message.data : message.type === 'delta' ? message.set : undefined
  return Array.isArray(rows) ? rows : []
}
