import type { Browser } from '@playwright/test'
import { newTab, openUntilFirstRow } from '../observers/browser.ts'
import { type Frame, LiveSocket } from '../observers/live-socket.ts'
import type { BenchWeir } from '../weir-stack.ts'
import { firstSnapshot } from './watch-window.ts'

/** From the opening of a socket to the whole table, in ms. */
export async function timeToSnapshot({ url, instanceIds }: BenchWeir): Promise<number> {
  const startedAt = Date.now()
  const socket = await LiveSocket.open(url)
  const frames: Frame[] = []
  socket.onFrame((frame) => frames.push(frame))
  socket.subscribe('view', { instanceId: instanceIds.rabbitmq }, { type: 'rabbitmq.queues' })
  const { at } = await firstSnapshot(socket, frames)
  socket.close()
  return at - startedAt
}

export function queuesPage({ url, instanceIds }: BenchWeir): string {
  return `${url}/i/${instanceIds.rabbitmq}/queues`
}

/** From the navigation of an empty tab to the first painted row, in ms. */
export async function timeToTable(browser: Browser, weir: BenchWeir): Promise<number> {
  const page = await newTab(browser)
  const ms = await openUntilFirstRow(page, queuesPage(weir))
  await page.close()
  return ms
}
