import type { MqttClient } from 'mqtt'

/** Nothing heard for so long: the broker hangs, or the way to it is cut. */
export const SILENT_AFTER_MS = 4_000
/** Nothing heard for so long: it is asked for a sign of life. */
const ASK_AFTER_MS = 900
const LOOK_EVERY_MS = 250

export interface Liveness {
  /** When the broker last sent anything. Epoch ms. */
  heardAt(): number
  stop(): void
}

/**
 * Watches a connection for silence: a packet of any sort is a sign of life, and PINGREQ asks for one. `onSilent` is
 * called once.
 */
export function watchLiveness(client: MqttClient, onSilent: () => void): Liveness {
  let heardAt = Date.now()
  let heard = performance.now()
  let asked = false
  let looked = heard

  const onPacket = () => {
    heardAt = Date.now()
    heard = performance.now()
    asked = false
  }
  const look = () => {
    const now = performance.now()
    // When this process itself stood still, packets may lie unread: that isn't the broker's silence.
    heard += Math.max(0, now - looked - 2 * LOOK_EVERY_MS)
    looked = now
    if (now - heard >= SILENT_AFTER_MS) {
      stop()
      onSilent()
    } else if (now - heard >= ASK_AFTER_MS && !asked) {
      asked = true
      client.sendPing()
    }
  }
  client.on('packetreceive', onPacket)
  const timer = setInterval(look, LOOK_EVERY_MS)
  const stop = () => {
    clearInterval(timer)
    client.off('packetreceive', onPacket)
  }
  return { heardAt: () => heardAt, stop }
}
