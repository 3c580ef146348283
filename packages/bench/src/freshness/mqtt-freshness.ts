import type { ServerMessage } from '@weir/contract'
import { connectAsync, type MqttClient } from 'mqtt'
import { watchPage } from '../observers/browser.ts'
import { type Frame, LiveSocket } from '../observers/live-socket.ts'
import { LiveTable, seeFamilies } from '../observers/live-table.ts'
import { Sightings } from '../observers/sightings.ts'
import type { ChangeSeries } from './freshness-table.ts'
import { type Latencies, type Lookout, measureChange, measureRounds } from './measure-change.ts'
import { type Setting, seenBy } from './setting.ts'

const CLIENTS = 25
const CONNECTED = 'clientsConnected'
const SETTLED_WITHIN_MS = 20_000

interface Observer {
  readonly name: string
  readonly sightings: Sightings
  /** Rows of the round's clients, or the broker's total. */
  readonly counts: 'rows' | 'total'
}

/** Each round 25 clients connect, and vanish without a DISCONNECT. */
export async function mqttFreshness(
  setting: Setting,
  msLeft: () => number,
): Promise<readonly ChangeSeries[]> {
  const { context } = setting
  const observers = await observe(setting)
  const others = await settledTotal(observers)
  context.report(`MQTT: ${CLIENTS} clients come and go, ${context.rounds} rounds`)
  const gone: Promise<Latencies>[] = []
  const come = await measureRounds({ rounds: context.rounds, msLeft }, async (round) => {
    const family = `bench-${round}`
    const lookouts = (count: number): Lookout[] =>
      observers.map(({ name, sightings, counts }) => ({
        ...{ name, sightings, isWaitedFor: true },
        key: counts === 'rows' ? family : CONNECTED,
        isThere: (value) => value === (counts === 'rows' ? count : others + count),
      }))
    let clients: MqttClient[] = []
    const coming = await measureChange(lookouts(CLIENTS), async () => {
      clients = await connectAll(setting, family)
    })
    const going = await measureChange(lookouts(0), async () => {
      for (const client of clients) client.stream.destroy()
    })
    gone.push(going.latencies)
    return coming
  })
  return [
    { change: `MQTT clients, +${CLIENTS}`, rounds: come },
    { change: `MQTT clients, −${CLIENTS}`, rounds: await Promise.all(gone) },
  ]
}

async function connectAll({ mosquitto }: Setting, family: string): Promise<MqttClient[]> {
  const { url, username, password } = mosquitto
  return Promise.all(
    Array.from({ length: CLIENTS }, (_, n) =>
      connectAsync(url, {
        ...{ username, password, clientId: `${family}-${n}` },
        ...{ protocolVersion: 5, reconnectPeriod: 0 },
      }),
    ),
  )
}

async function observe({ context, weir, browser, mosquitto }: Setting): Promise<Observer[]> {
  const subject = { instanceId: weir.instanceIds.mqtt }
  const [rows, total, painted, sys] = [new Sightings(), new Sightings(), new Sightings(), new Sightings()]
  const table = new LiveTable()
  const seeRows = seeFamilies(table, rows)
  const socket = await LiveSocket.open(weir.url)
  context.resources.defer(() => socket.close())
  socket.onFrame((frame) => (idOf(frame.message) === 'clients' ? seeRows(frame) : seeTotal(frame, total)))
  socket.subscribe('clients', subject, { type: 'mqtt.clients' })
  socket.subscribe('overview', subject, { type: 'mqtt.overview' })

  const { url, username, password } = mosquitto
  const client = await connectAsync(url, { username, password, protocolVersion: 5, reconnectPeriod: 0 })
  client.on('error', () => {}) // its broker goes before it does
  client.on('message', (_topic, payload) => sys.see(CONNECTED, Number(payload.toString()), Date.now()))
  await client.subscribeAsync('$SYS/broker/clients/connected')

  const observers: Observer[] = [
    { name: `${seenBy.socket}: rows`, sightings: rows, counts: 'rows' },
    { name: `${seenBy.socket}: clientsConnected`, sightings: total, counts: 'total' },
    { name: 'a subscriber of $SYS/broker/clients/connected', sightings: sys, counts: 'total' },
  ]
  if (browser === null) return observers
  const filter = encodeURIComponent('clientId:bench-*')
  await watchPage(browser, `${weir.url}/i/${subject.instanceId}/clients?filter=${filter}`, null, painted)
  return [...observers, { name: `${seenBy.painted}: rows`, sightings: painted, counts: 'rows' }]
}

function idOf(message: ServerMessage): string | undefined {
  return 'id' in message ? message.id : undefined
}

function seeTotal({ message, at }: Frame, total: Sightings): void {
  const record =
    message.type === 'snapshot' ? message.data : message.type === 'delta' ? message.set : undefined
  const value = record !== undefined && !Array.isArray(record) ? record[CONNECTED] : undefined
  if (typeof value === 'number') total.see(CONNECTED, value, at)
}

/** Weir's connection and ours, in whatever number: the broker's total once Weir tells the same. */
async function settledTotal(observers: readonly Observer[]): Promise<number> {
  const [told, own] = observers.filter(({ counts }) => counts === 'total').map(({ sightings }) => sightings)
  const isThere = () => own?.last(CONNECTED) !== undefined && own.last(CONNECTED) === told?.last(CONNECTED)
  await told?.until('the same total as $SYS', CONNECTED, isThere, SETTLED_WITHIN_MS)
  return own?.last(CONNECTED) ?? 0
}
