import { CloseCode, type Subject, type View } from '@weir/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveState } from './live-state.ts'
import { createLiveStore, keyOf, type LiveStore } from './live-store.ts'
import { pointsOf } from './series.ts'
import { FakeWebSocket } from './testing/fake-web-socket.ts'
import { delta, queueRow, snapshot, source } from './testing/frames.ts'

const START = 1_700_000_000_000
const subject: Subject = { instanceId: 'i1' }
const view = { type: 'rabbitmq.queues' } as const satisfies View
const overview = { type: 'rabbitmq.overview' } as const satisfies View
const a = '%2F/a'

let frames: (() => void)[]

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  FakeWebSocket.reset()
  frames = []
})
afterEach(() => vi.useRealTimers())

/** The page draws. */
function draw(): void {
  for (const run of frames.splice(0)) run()
}

function startStore(): LiveStore {
  const store = createLiveStore({
    url: 'ws://weir.test/api/live',
    WebSocket: FakeWebSocket,
    random: () => 0.5,
    schedule: (run) => frames.push(run),
  })
  store.start()
  FakeWebSocket.newest.welcome()
  return store
}

/** A store with one watched view, and the id that it is subscribed under. */
function watch(store = startStore()) {
  const listener = vi.fn()
  const stop = store.subscribeView(subject, view, listener)
  const id = FakeWebSocket.newest.sentOf('subscribe').at(-1)?.id ?? ''
  const state = () => store.stateOf(subject, view)
  return { store, listener, stop, id, state, socket: FakeWebSocket.newest }
}

function shownOf(state: LiveState<'rabbitmq.queues'>) {
  if (!('snapshot' in state) || state.snapshot === null)
    throw new Error(`nothing shown while ${state.status}`)
  return state.snapshot
}

describe('subscribing', () => {
  it('asks once for a view, however many watch it and however it is written', () => {
    const { store, socket } = watch()
    store.subscribeView({ instanceId: 'i1' }, { type: 'rabbitmq.queues' }, () => {})
    expect(socket.sentOf('subscribe')).toEqual([
      { type: 'subscribe', id: expect.any(String), view, instanceId: 'i1' },
    ])
    const queue: View = { type: 'rabbitmq.queue', vhost: '/', name: 'a' }
    expect(keyOf(subject, { name: 'a', vhost: '/', type: 'rabbitmq.queue' })).toBe(keyOf(subject, queue))
  })

  it('unsubscribes two seconds after the last has left, and not before', () => {
    const { store, stop, id, socket } = watch()
    const stopSecond = store.subscribeView(subject, view, () => {})
    stop()
    vi.advanceTimersByTime(5_000)
    expect(socket.sentOf('unsubscribe')).toEqual([])
    stopSecond()
    stopSecond()
    vi.advanceTimersByTime(1_999)
    expect(socket.sentOf('unsubscribe')).toEqual([])
    vi.advanceTimersByTime(1)
    expect(socket.sentOf('unsubscribe')).toEqual([{ type: 'unsubscribe', id }])
    expect(store.stateOf(subject, view)).toEqual({ status: 'connecting' })
  })

  it('finds the view as it was when somebody comes back in time', () => {
    const { store, stop, id, socket, state } = watch()
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a')] }))
    draw()
    const before = state()
    stop()
    vi.advanceTimersByTime(1_500)
    store.subscribeView(subject, view, () => {})
    vi.advanceTimersByTime(60_000)
    expect(state()).toBe(before)
    expect(socket.sentOf('subscribe')).toHaveLength(1)
  })

  it('waits for the welcome', () => {
    const store = createLiveStore({
      url: 'ws://weir.test',
      WebSocket: FakeWebSocket,
      schedule: (run) => frames.push(run),
    })
    store.start()
    store.subscribeView(subject, view, () => {})
    FakeWebSocket.newest.open()
    expect(FakeWebSocket.newest.sentOf('subscribe')).toEqual([])
    FakeWebSocket.newest.welcome()
    expect(FakeWebSocket.newest.sentOf('subscribe')).toHaveLength(1)
  })
})

describe('a frame', () => {
  it('is shown with the next frame of the page, once for all that came', () => {
    const { listener, id, socket, state } = watch()
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a'), queueRow('b')] }))
    socket.receive(delta({ id, seq: 2, observedAt: START + 1_000, set: [queueRow('a', { messages: 5 })] }))
    socket.receive(delta({ id, seq: 3, observedAt: START + 2_000, set: [queueRow('c')] }))
    expect(state()).toEqual({ status: 'connecting' })
    draw()
    expect(listener).toHaveBeenCalledTimes(1)
    const shown = shownOf(state())
    expect(shown.rows.get(a)?.messages).toBe(5)
    expect(shown.seq).toBe(3)
    expect([...shown.changedKeys].toSorted()).toEqual(['%2F/a', '%2F/b', '%2F/c'])
  })

  it('is the same reference until the next one', () => {
    const { id, socket, state } = watch()
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a')] }))
    draw()
    const first = state()
    draw()
    vi.advanceTimersByTime(1_000)
    expect(state()).toBe(first)
    socket.receive(delta({ id, seq: 2, observedAt: START + 1_000 }))
    expect(state()).toBe(first)
    draw()
    expect(state()).not.toBe(first)
    expect(shownOf(state()).rows).toBe(shownOf(first as LiveState<'rabbitmq.queues'>).rows)
    expect(shownOf(state()).changedKeys.size).toBe(0)
  })

  it('of nobody is ignored', () => {
    const { listener, socket, state } = watch()
    socket.receive(snapshot({ id: 'stranger', observedAt: START }))
    draw()
    expect(listener).not.toHaveBeenCalled()
    expect(state()).toEqual({ status: 'connecting' })
  })

  it('leaves other views alone', () => {
    const { store, id, socket } = watch()
    const other = vi.fn()
    store.subscribeView(subject, { type: 'rabbitmq.queue', vhost: '/', name: 'a' }, other)
    socket.receive(snapshot({ id, observedAt: START }))
    draw()
    expect(other).not.toHaveBeenCalled()
  })
})

describe('a gap', () => {
  it.each([
    ['in the sequence', { seq: 3 }],
    ['of epochs', { seq: 2, epoch: 'e2' }],
  ])('%s asks again, and shows nothing of the new until the snapshot', (_, fields) => {
    const { id, socket, state } = watch()
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a', { messages: 1 })] }))
    draw()
    const told = socket.sent.length
    socket.receive(delta({ id, observedAt: START + 1_000, set: [queueRow('a', { messages: 2 })], ...fields }))
    socket.receive(delta({ id, seq: 4, observedAt: START + 2_000, set: [queueRow('a', { messages: 3 })] }))
    expect(socket.sent.slice(told).map((message) => message.type)).toEqual(['unsubscribe', 'subscribe'])
    expect(new Set(socket.sent.slice(told).map((message) => 'id' in message && message.id))).toEqual(
      new Set([id]),
    )
    draw()
    expect(shownOf(state()).rows.get(a)?.messages).toBe(1)
    socket.receive(
      snapshot({
        id,
        epoch: 'e2',
        seq: 9,
        observedAt: START + 2_000,
        data: [queueRow('a', { messages: 3 })],
      }),
    )
    socket.receive(
      delta({ id, epoch: 'e2', seq: 10, observedAt: START + 3_000, set: [queueRow('a', { messages: 4 })] }),
    )
    draw()
    expect(shownOf(state()).rows.get(a)?.messages).toBe(4)
    expect(socket.sentOf('subscribe')).toHaveLength(2)
  })

  it('asks once more when the snapshot never came, and not at every delta', () => {
    const { id, socket } = watch()
    socket.receive(snapshot({ id, observedAt: START }))
    for (let seq = 5; seq < 14; seq += 1) {
      socket.receive(delta({ id, seq, observedAt: START + seq * 1_000 }))
      vi.advanceTimersByTime(1_000)
    }
    expect(socket.sentOf('subscribe')).toHaveLength(2)
    vi.advanceTimersByTime(1_000)
    socket.receive(delta({ id, seq: 14, observedAt: START + 14_000 }))
    expect(socket.sentOf('subscribe')).toHaveLength(3)
  })

  it('is drawn between the points of two epochs', () => {
    const { store, id, socket, state } = watch()
    store.focus(subject, view).set([a])
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a', { messages: 1 })] }))
    socket.receive(
      snapshot({ id, epoch: 'e2', observedAt: START + 1_000, data: [queueRow('a', { messages: 2 })] }),
    )
    draw()
    expect(pointsOf(shownOf(state()).series, 'messages', a)).toEqual([
      [START, 1],
      [START + 1, null],
      [START + 1_000, 2],
    ])
  })
})

describe('staleness', () => {
  it('comes with its reason, keeps what was shown, and goes with the next good reading', () => {
    const { id, socket, state } = watch()
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a')] }))
    socket.receive({ type: 'stale', id, since: START + 2_000, code: 'BROKER_UNREACHABLE' })
    draw()
    expect(state()).toMatchObject({ status: 'stale', since: START + 2_000, code: 'BROKER_UNREACHABLE' })
    expect(shownOf(state()).rows.size).toBe(1)
    const sources = { totals: source({ observedAt: START + 9_000 }) }
    socket.receive(delta({ id, seq: 2, observedAt: START + 9_000, sources }))
    draw()
    expect(state().status).toBe('live')
  })

  it('may be all that there is', () => {
    const { id, socket, state } = watch()
    socket.receive({ type: 'stale', id, since: START, code: 'BROKER_AUTH' })
    draw()
    expect(state()).toEqual({ status: 'stale', snapshot: null, since: START, code: 'BROKER_AUTH' })
  })
})

describe('a refusal', () => {
  it('is told, and asked about again with the next socket', () => {
    const { id, socket, state } = watch()
    socket.receive({ type: 'error', id, code: 'NOT_FOUND', message: 'no such instance' })
    draw()
    expect(state()).toEqual({ status: 'refused', code: 'NOT_FOUND' })
    socket.end(1006)
    vi.advanceTimersByTime(250)
    FakeWebSocket.newest.welcome()
    expect(FakeWebSocket.newest.sentOf('subscribe')).toHaveLength(1)
    FakeWebSocket.newest.receive(snapshot({ id, observedAt: START }))
    draw()
    expect(state().status).toBe('live')
  })
})

describe('a lost socket', () => {
  it('is followed by the same subscriptions and focus, and what was shown stays', () => {
    const { store, id, socket, state } = watch()
    store.subscribeView(subject, overview, () => {})
    store.focus(subject, view).set([a])
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a')] }))
    draw()
    socket.end(CloseCode.restart)
    expect(store.connection.get()).toMatchObject({ state: 'reconnecting', nextTryAt: START + 1_100 })
    draw()
    expect(state().status).toBe('live')
    vi.advanceTimersByTime(1_100)
    FakeWebSocket.newest.welcome()
    expect(FakeWebSocket.newest.sent.map((message) => message.type)).toEqual([
      'hello',
      'subscribe',
      'subscribe',
    ])
    // A server that was restarted knows no row yet, and would pass over what it doesn't know.
    FakeWebSocket.newest.receive(
      snapshot({ id, epoch: 'e2', observedAt: START + 1_000, data: [queueRow('a')] }),
    )
    expect(FakeWebSocket.newest.sentOf('focus')).toEqual([{ type: 'focus', id, keys: [a] }])
  })

  it('leaves a gap, unless the history of the new one closes it', () => {
    const { store, id, socket, state } = watch()
    store.focus(subject, view).set([a])
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a', { messages: 1 })] }))
    socket.end(1006)
    vi.advanceTimersByTime(250)
    FakeWebSocket.newest.welcome()
    FakeWebSocket.newest.receive(
      snapshot({ id, seq: 3, observedAt: START + 2_000, data: [queueRow('a', { messages: 3 })] }),
    )
    draw()
    expect(pointsOf(shownOf(state()).series, 'messages', a)).toEqual([
      [START, 1],
      [START + 1, null],
      [START + 2_000, 3],
    ])
    const points: [number, number][] = [
      [START, 1],
      [START + 1_000, 2],
      [START + 2_000, 3],
    ]
    FakeWebSocket.newest.receive({ type: 'history', id, series: [{ field: 'messages', key: a, points }] })
    draw()
    expect(pointsOf(shownOf(state()).series, 'messages', a)).toEqual(points)
  })

  it('that is closed for good is told as such', () => {
    const { store, socket } = watch()
    socket.end(CloseCode.unauthorized)
    vi.advanceTimersByTime(600_000)
    expect(store.connection.get()).toEqual({ state: 'closed', code: 4401 })
    expect(store.pulse.get()).toMatchObject({ state: 'closed', closeCode: 4401 })
    expect(FakeWebSocket.opened).toHaveLength(1)
  })
})

describe('a pause by the reader', () => {
  it('holds frames back and shows the newest when it ends', () => {
    const { store, listener, id, socket, state } = watch()
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a', { messages: 1 })] }))
    draw()
    listener.mockClear()
    store.setPaused(true)
    expect(store.connection.get()).toEqual({ state: 'paused', since: START, by: 'user' })
    for (let seq = 2; seq <= 5; seq += 1) {
      socket.receive(
        delta({ id, seq, observedAt: START + seq * 1_000, set: [queueRow('a', { messages: seq })] }),
      )
      draw()
    }
    expect(listener).not.toHaveBeenCalled()
    expect(shownOf(state()).rows.get(a)?.messages).toBe(1)
    store.setPaused(false)
    draw()
    expect(listener).toHaveBeenCalledTimes(1)
    expect(shownOf(state()).rows.get(a)?.messages).toBe(5)
    expect(store.connection.get()).toEqual({ state: 'open' })
  })

  it('still lets a page show its first', () => {
    const store = startStore()
    store.setPaused(true)
    const { id, socket, state } = watch(store)
    socket.receive(snapshot({ id, observedAt: START }))
    draw()
    expect(state().status).toBe('live')
  })

  it('does not hide that the socket is gone', () => {
    const { store, socket } = watch()
    store.setPaused(true)
    socket.end(1006)
    expect(store.connection.get().state).toBe('reconnecting')
  })
})

describe('a hidden tab', () => {
  it('subscribes anew when it is seen, so that the history of the meantime comes', () => {
    const { store, id, socket } = watch()
    socket.receive(snapshot({ id, observedAt: START, data: [queueRow('a')] }))
    store.focus(subject, view).set([a])
    store.setVisible(false)
    vi.advanceTimersByTime(10_000)
    const told = socket.sent.length
    expect(socket.sent.at(-1)).toEqual({ type: 'pause' })
    store.setVisible(true)
    socket.receive(snapshot({ id, seq: 11, observedAt: START + 10_000, data: [queueRow('a')] }))
    expect(socket.sent.slice(told)).toEqual([
      { type: 'unsubscribe', id },
      { type: 'resume' },
      { type: 'subscribe', id, view, instanceId: 'i1' },
      { type: 'focus', id, keys: [a] },
    ])
  })
})

describe('focus', () => {
  it('is what all parts of the page have on the screen, told when it changes', () => {
    const { store, id, socket } = watch()
    socket.receive(snapshot({ id, observedAt: START }))
    const table = store.focus(subject, view)
    const drawer = store.focus(subject, view)
    table.set(['x', 'y'])
    table.set(['x', 'y'])
    drawer.set(['y', 'z'])
    table.release()
    expect(socket.sentOf('focus').map(({ keys }) => keys)).toEqual([
      ['x', 'y'],
      ['x', 'y', 'z'],
      ['y', 'z'],
    ])
    expect(new Set(socket.sentOf('focus').map((message) => message.id))).toEqual(new Set([id]))
  })

  it('waits for the rows that it is about', () => {
    const { store, id, socket } = watch()
    const table = store.focus(subject, view)
    table.set(['x'])
    table.set(['y'])
    expect(socket.sentOf('focus')).toEqual([])
    socket.receive(snapshot({ id, observedAt: START }))
    expect(socket.sentOf('focus').map(({ keys }) => keys)).toEqual([['y']])
    socket.receive(snapshot({ id, seq: 5, observedAt: START }))
    expect(socket.sentOf('focus')).toHaveLength(1)
  })
})

describe('the pulse', () => {
  it('is as old as what is on the screen, on the clock of the server', () => {
    const store = createLiveStore({
      url: 'ws://weir.test',
      WebSocket: FakeWebSocket,
      schedule: (run) => frames.push(run),
    })
    store.start()
    FakeWebSocket.newest.welcome(START + 3_600_000)
    const { id, socket } = watch(store)
    const seen = vi.fn()
    store.pulse.subscribe(seen)
    expect(store.pulse.get()).toMatchObject({ state: 'connecting', ageMs: null, beats: [] })
    socket.receive(snapshot({ id, observedAt: START + 3_600_000 - 300 }))
    draw()
    vi.advanceTimersByTime(500)
    expect(seen).toHaveBeenCalled()
    expect(store.pulse.get()).toMatchObject({ state: 'live', ageMs: 800, cadenceMs: 1_000, isLate: false })
    vi.advanceTimersByTime(2_000)
    expect(store.pulse.get()).toMatchObject({
      state: 'live',
      ageMs: 2_800,
      isLate: true,
      beats: ['on-time', 'missing'],
    })
  })

  it('is stale when a view on the page is', () => {
    const { store, id, socket, stop } = watch()
    socket.receive({ type: 'stale', id, since: START - 5_000, code: 'BROKER_TIMEOUT' })
    draw()
    expect(store.pulse.get()).toMatchObject({ state: 'stale', since: START - 5_000, code: 'BROKER_TIMEOUT' })
    stop()
    vi.advanceTimersByTime(500)
    expect(store.pulse.get().state).toBe('live')
  })
})

describe('changed', () => {
  it('is passed on with what it is about', () => {
    const { store, id, socket } = watch()
    const listener = vi.fn()
    const stop = store.onChanged(listener)
    socket.receive({ type: 'changed', id, what: 'queue' })
    expect(listener).toHaveBeenCalledWith({ subject, view, what: 'queue' })
    stop()
    socket.receive({ type: 'changed', id, what: 'queue' })
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
