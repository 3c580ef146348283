import type { Browser, Page } from '@playwright/test'
import { startKafka, startRabbitmq } from '@weir/devstack'
import type { Bench, BenchContext, Findings } from '../bench.ts'
import { launchBrowser, newTab, openUntilFirstRow } from '../observers/browser.ts'
import { ownBroker } from '../own-broker.ts'
import { otherVersions, rabbitmqVersion } from '../versions.ts'
import { type BenchWeir, kafkaEntry, rabbitmqEntry, startWeir } from '../weir-stack.ts'
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts'
import { queuesPage, timeToSnapshot, timeToTable } from './first-look.ts'
import { importQueues, trickle } from './many-queues.ts'
import { makeTopics, trickleRecords } from './many-topics.ts'
import { type ScaleFindings, scaleTables } from './scale-tables.ts'
import { scroll } from './scrolling.ts'
import { type Window, watchWindow } from './watch-window.ts'

const full = { queues: 5_000, topics: 1_000, groups: 200 }
/** Of each hundred queues and topics, so many get a message every second. */
const CHANGING = 0.01
const OPENINGS = 5
const TABLES = 3
const WINDOW_MS = 15_000
const TABS = 10
/** Ten tabs are opened only with so much time left: opening takes two cores some seconds. */
const TABS_NEED_MS = 35_000
const SCROLLING_NEEDS_MS = 15_000

const queues = { kind: 'rabbitmq', type: 'rabbitmq.queues' } as const
const groups = { kind: 'kafka', type: 'kafka.groups' } as const

export const scale: Bench = {
  name: 'scale',
  title: 'Scale',
  options: ['size'],
  async run(context): Promise<Findings> {
    const counts = {
      queues: Math.round(full.queues * context.size),
      topics: Math.round(full.topics * context.size),
      groups: Math.round(full.groups * context.size),
    }
    const { rabbitmq, weir, proxy } = await makeSetting(context, counts)
    const browser = await launchBrowser(context)
    const findings = { ...counts, ...(await measure(context, weir, proxy, browser)) }
    return {
      versions: { RabbitMQ: await rabbitmqVersion(rabbitmq), ...otherVersions(browser) },
      method,
      tables: scaleTables(findings),
      samples: { ...findings, ...withoutMetrics(findings) },
    }
  },
}

async function makeSetting(
  context: BenchContext,
  counts: { readonly queues: number; readonly topics: number; readonly groups: number },
) {
  const { report, resources } = context
  const withQueues = async () => {
    const rabbitmq = await ownBroker(context, 'RabbitMQ', startRabbitmq)
    report(`RabbitMQ: importing ${counts.queues} queues`)
    await importQueues(rabbitmq, counts.queues)
    return rabbitmq
  }
  const withTopics = async () => {
    const kafka = await ownBroker(context, 'Kafka', startKafka)
    report(`Kafka: making ${counts.topics} topics and ${counts.groups} groups`)
    await makeTopics(kafka, counts.topics, counts.groups)
    return kafka
  }
  const [rabbitmq, kafka] = await Promise.all([withQueues(), withTopics()])
  const proxy = await startCountingProxy(rabbitmq.management)
  resources.defer(() => proxy.close())
  resources.defer(await trickle(rabbitmq, counts.queues, Math.ceil(counts.queues * CHANGING)))
  resources.defer(await trickleRecords(kafka, counts.topics, Math.ceil(counts.topics * CHANGING)))
  const through = { management: proxy.url, prometheus: rabbitmq.prometheus }
  const weir = await startWeir(context, [rabbitmqEntry(rabbitmq, through), kafkaEntry(kafka)])
  return { rabbitmq, weir, proxy }
}

type Measured = Omit<ScaleFindings, 'queues' | 'topics' | 'groups'>

async function measure(
  { report, msLeft }: BenchContext,
  weir: BenchWeir,
  proxy: CountingProxy,
  browser: Browser | null,
): Promise<Measured> {
  report('opening')
  const firstWatcherMs = await timeToSnapshot(weir)
  const laterWatcherMs = await times(OPENINGS, () => timeToSnapshot(weir))
  const tableMs = browser ? await times(TABLES, () => timeToTable(browser, weir)) : []
  const page = browser && (await openTab(browser, weir))
  report(`watching queues for ${WINDOW_MS / 1000} s, one tab`)
  const oneTab = await watchWindow(weir, queues, proxy, WINDOW_MS)
  let scrolling = null
  if (page && msLeft() > SCROLLING_NEEDS_MS) {
    report('scrolling')
    scrolling = await scroll(page)
  }
  report(`watching groups for ${WINDOW_MS / 1000} s`)
  const kafka = await watchWindow(weir, groups, proxy, WINDOW_MS)
  let tenTabs: Window | null = null
  if (browser && msLeft() > TABS_NEED_MS) {
    report(`opening ${TABS} tabs, and watching for ${WINDOW_MS / 1000} s`)
    await Promise.all(Array.from({ length: TABS - 1 }, () => openTab(browser, weir)))
    tenTabs = await watchWindow(weir, queues, proxy, WINDOW_MS)
  }
  return { firstWatcherMs, laterWatcherMs, tableMs, oneTab, tenTabs, kafka, scrolling }
}

async function openTab(browser: Browser, weir: BenchWeir): Promise<Page> {
  const page = await newTab(browser)
  await openUntilFirstRow(page, queuesPage(weir))
  return page
}

async function times(count: number, measure: () => Promise<number>): Promise<number[]> {
  const samples: number[] = []
  for (let n = 0; n < count; n += 1) samples.push(await measure())
  return samples
}

/** Maps don't survive JSON, and everything of theirs is in the tables. */
function withoutMetrics({ oneTab, tenTabs, kafka }: ScaleFindings) {
  const without = (window: Window | null) => window && { ...window, metrics: undefined }
  return { oneTab: without(oneTab), tenTabs: without(tenTabs), kafka: without(kafka) }
}

const method = [
  'Classic queues imported as definitions into one vhost; topics of four partitions, and groups with commits on five of them each. One in a hundred queues and topics gets a message every second.',
  'Requests and bytes of RabbitMQ’s management API are counted by an HTTP proxy between it and Weir. A tick is a reading of the view’s first source, as a WebSocket client sees them; it is there beside the tabs.',
  'A source whose reading takes long is read less often, so that the broker is busy with Weir a tenth of the time at most: that is what the time between ticks shows.',
  'First row: from the navigation of an empty tab, nothing cached, to the frame that shows a row. Long tasks: what Chromium’s PerformanceObserver tells while the table is scrolled 120 px a frame, up and down.',
  'CPU, memory and event loop are Weir’s own process, as its /metrics tell over the window.',
]
