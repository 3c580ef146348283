import { act, cleanup, renderHook } from '@testing-library/react'
import type { View } from '@weir/contract'
import { createElement, type ReactNode, StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLiveStore, type LiveStore } from './live-store.ts'
import { FakeWebSocket } from './testing/fake-web-socket.ts'
import { delta, queueRow, snapshot } from './testing/frames.ts'
import {
  LiveStoreContext,
  useChanged,
  useConnection,
  useFocus,
  useLive,
  useNow,
  usePaused,
  usePulse,
} from './use-live.ts'

const START = 1_700_000_000_000
const view = { type: 'rabbitmq.queues' } as const satisfies View

let store: LiveStore
let frames: (() => void)[]

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  FakeWebSocket.reset()
  frames = []
  store = createLiveStore({
    url: 'ws://weir.test',
    WebSocket: FakeWebSocket,
    schedule: (run) => frames.push(run),
  })
  store.start()
  FakeWebSocket.newest.welcome(START + 5_000)
})
afterEach(() => {
  cleanup()
  store.stop()
  vi.useRealTimers()
})

function draw(): void {
  act(() => {
    for (const run of frames.splice(0)) run()
  })
}

function render<Result, Props>(hook: (props: Props) => Result, initialProps: Props) {
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(StrictMode, null, createElement(LiveStoreContext, { value: store }, children))
  return renderHook(hook, { wrapper, initialProps })
}

const idOfNewest = () => FakeWebSocket.newest.sentOf('subscribe').at(-1)?.id ?? ''
const advance = (ms: number) => act(() => vi.advanceTimersByTime(ms))

describe('useLive', () => {
  it('subscribes once, though subject and view are written anew each time and React mounts twice', () => {
    const { result, rerender } = render(
      () => useLive({ instanceId: 'i1' }, { type: 'rabbitmq.queues' }),
      null,
    )
    rerender(null)
    advance(10_000)
    expect(FakeWebSocket.newest.sentOf('subscribe')).toHaveLength(1)
    expect(FakeWebSocket.newest.sentOf('unsubscribe')).toEqual([])
    expect(result.current).toEqual({ status: 'connecting' })
    FakeWebSocket.newest.receive(
      snapshot({ id: idOfNewest(), observedAt: START, data: [queueRow('a', { messages: 7 })] }),
    )
    draw()
    if (result.current.status !== 'live') throw new Error(result.current.status)
    expect(result.current.snapshot.rows.get('%2F/a')?.messages).toBe(7)
  })

  it('renders once for all frames of one drawing', () => {
    let renders = 0
    render(() => {
      renders += 1
      return useLive({ instanceId: 'i1' }, view)
    }, null)
    const id = idOfNewest()
    FakeWebSocket.newest.receive(snapshot({ id, observedAt: START, data: [] }))
    FakeWebSocket.newest.receive(delta({ id, seq: 2, observedAt: START + 1 }))
    const before = renders
    draw()
    // StrictMode renders each time twice.
    expect(renders - before).toBe(2)
  })

  it('leaves the old view for the new one', () => {
    const { rerender } = render(
      ({ name }) => useLive({ instanceId: 'i1' }, { type: 'rabbitmq.queue', vhost: '/', name }),
      {
        name: 'a',
      },
    )
    const first = idOfNewest()
    rerender({ name: 'b' })
    advance(2_000)
    expect(FakeWebSocket.newest.sentOf('subscribe')).toHaveLength(2)
    expect(FakeWebSocket.newest.sentOf('unsubscribe')).toEqual([{ type: 'unsubscribe', id: first }])
  })

  it('says what is missing when there is no store above', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => renderHook(() => useLive({ fleet: true }, { type: 'fleet' }))).toThrow('LiveStoreContext')
    vi.restoreAllMocks()
  })
})

describe('useFocus', () => {
  it('tells the rows once the scrolling has stopped, and none when the table is gone', () => {
    const subscription = { subject: { instanceId: 'i1' }, view }
    const { rerender, unmount } = render(
      ({ keys }) => {
        useLive(subscription.subject, subscription.view)
        useFocus(subscription, keys)
      },
      { keys: ['a'] },
    )
    FakeWebSocket.newest.receive(snapshot({ id: idOfNewest(), observedAt: START }))
    for (const keys of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
    ]) {
      advance(100)
      rerender({ keys })
    }
    const focus = () => FakeWebSocket.newest.sentOf('focus').map(({ keys }) => keys)
    expect(focus()).toEqual([])
    advance(149)
    expect(focus()).toEqual([])
    advance(1)
    expect(focus()).toEqual([['c', 'd']])
    unmount()
    expect(focus()).toEqual([['c', 'd'], []])
  })
})

describe('the page', () => {
  it('has a clock that ticks on the time of the server', () => {
    const { result } = render(() => useNow(), null)
    expect(result.current).toBe(START + 5_000)
    advance(999)
    expect(result.current).toBe(START + 5_000)
    advance(1)
    expect(result.current).toBe(START + 6_000)
  })

  it('knows its connection, its pulse, and a pause', () => {
    const { result } = render(
      () => ({ connection: useConnection(), pulse: usePulse(), paused: usePaused() }),
      null,
    )
    expect(result.current.connection).toEqual({ state: 'open' })
    expect(result.current.pulse.state).toBe('live')
    act(() => result.current.paused[1](true))
    expect(result.current.paused[0]).toBe(true)
    expect(result.current.connection).toEqual({ state: 'paused', since: START + 5_000, by: 'user' })
    expect(result.current.pulse).toMatchObject({ state: 'paused', since: START + 5_000 })
  })

  it('calls the newest listener when something was changed', () => {
    const heard: string[] = []
    const { rerender } = render(
      ({ name }) => {
        useLive({ instanceId: 'i1' }, view)
        useChanged(({ what }) => heard.push(`${name} ${what}`))
      },
      { name: 'old' },
    )
    rerender({ name: 'new' })
    FakeWebSocket.newest.receive({ type: 'changed', id: idOfNewest(), what: 'queue' })
    expect(heard).toEqual(['new queue'])
  })
})
