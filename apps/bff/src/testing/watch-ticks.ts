import type { ServerMessage, Subject, View } from '@weir/contract'
import { waitFor } from '@weir/drivers/testing'
import { LiveView } from './live-view.ts'

/** What was asked of a broker while a view ticked on. */
export interface Watched<Request> {
  readonly ticks: number
  readonly ms: number
  readonly requests: readonly Request[]
}

interface WatchOptions {
  readonly url: string
  readonly subject: Subject
  readonly view: View
  readonly viewers: number
  /** Once there are so many rows for everybody, counting begins. */
  readonly rows: number
  readonly ticks: number
}

const ROWS_WITHIN_MS = 20_000
/** Cadences stretch on a busy machine; counts don't. */
const TICKS_WITHIN_MS = 40_000

/** Has so many viewers watch one view for so many ticks, and answers what came to `asked` from one tick to another. */
export async function watchTicks<Request>(
  { url, subject, view, viewers, rows, ticks }: WatchOptions,
  asked: readonly Request[],
): Promise<Watched<Request>> {
  const views = await Promise.all(Array.from({ length: viewers }, () => LiveView.open(url, subject, view)))
  for (const one of views) await one.until('every row', (seen) => seen.size === rows, ROWS_WITHIN_MS)
  const seen = () => new Set(views[0]?.client.received.flatMap(observedAt)).size
  const until = (count: number) =>
    waitFor(`${count} ticks`, () => seen() >= count, { withinMs: TICKS_WITHIN_MS })
  const before = seen()
  await until(before + 1)
  const [askedBefore, startedAt] = [asked.length, performance.now()]
  await until(before + 1 + ticks)
  const watched = {
    ticks: seen() - before - 1,
    ms: performance.now() - startedAt,
    requests: asked.slice(askedBefore),
  }
  for (const one of views) one.close()
  return watched
}

/** Each reading of a view's first source has a moment of its own. */
function observedAt(message: ServerMessage): number[] {
  return message.type === 'snapshot' || message.type === 'delta' ? [message.observedAt] : []
}
