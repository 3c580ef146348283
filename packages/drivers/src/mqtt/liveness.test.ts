import { EventEmitter } from 'node:events'
import type { MqttClient } from 'mqtt'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { SILENT_AFTER_MS, watchLiveness } from './liveness.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watched() {
  const sendPing = vi.fn()
  const onSilent = vi.fn()
  const client = Object.assign(new EventEmitter(), { sendPing })
  // Two members are all that is used of it.
  const liveness = watchLiveness(client as unknown as MqttClient, onSilent)
  return { client, sendPing, onSilent, liveness }
}

it('asks for a sign of life after a second of silence, and gives up after four', async () => {
  const { sendPing, onSilent, client } = watched()
  await vi.advanceTimersByTimeAsync(750)
  expect(sendPing).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(500)
  expect(sendPing).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(SILENT_AFTER_MS - 1_250 - 250)
  expect(onSilent).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(250)
  expect(onSilent).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(onSilent).toHaveBeenCalledTimes(1)
  expect(client.listenerCount('packetreceive')).toBe(0)
})

it('takes any packet for life, and tells when the last one came', async () => {
  const { client, onSilent, sendPing, liveness } = watched()
  for (let second = 0; second < 20; second++) {
    await vi.advanceTimersByTimeAsync(1_000)
    client.emit('packetreceive')
  }
  expect(onSilent).not.toHaveBeenCalled()
  expect(sendPing).toHaveBeenCalled()
  const heardAt = Date.now()
  await vi.advanceTimersByTimeAsync(500)
  expect(liveness.heardAt()).toBe(heardAt)
  liveness.stop()
})

it('holds a standstill of this process against nobody', async () => {
  const { onSilent, client } = watched()
  await vi.advanceTimersByTimeAsync(1_000)
  const jump = performance.now() + 30_000
  const now = vi.spyOn(performance, 'now').mockReturnValue(jump)
  await vi.advanceTimersByTimeAsync(250)
  now.mockRestore()
  expect(onSilent).not.toHaveBeenCalled()
  client.emit('packetreceive')
})
