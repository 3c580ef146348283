import { createServer, type Socket } from 'node:net'

export interface Script {
  /** The bytes that answer a CONNECT in this version (3, 4 or 5); null: no answer; 'close': the connection ends. */
  connack(protocolLevel: number): Buffer | null | 'close'
  /** The code that answers a subscription; null: no answer. */
  readonly granted?: number | null
}

export interface ScriptedBroker {
  readonly port: number
  /** The protocol level of each CONNECT that came. */
  readonly levels: readonly number[]
  close(): Promise<void>
}

const CONNACK_3 = Buffer.from([0x20, 2, 0, 0])
export const accept3 = () => CONNACK_3

/** As much of an MQTT broker as it takes to refuse, in all the ways that brokers do. Packets are under 130 bytes. */
export async function startScriptedBroker(script: Script): Promise<ScriptedBroker> {
  const levels: number[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {}) // the client went away: all the same here
    let unread: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      unread = Buffer.concat([unread, chunk])
      for (let end = endOfPacket(unread); end <= unread.length; end = endOfPacket(unread)) {
        answer(unread.subarray(0, end), socket)
        unread = unread.subarray(end)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')

  function answer(packet: Buffer, socket: Socket): void {
    switch ((packet[0] ?? 0) >> 4) {
      case 1: {
        const level = packet[packet.indexOf('MQTT') + 4] ?? 0
        levels.push(level)
        const connack = script.connack(level)
        if (connack === 'close') socket.destroy()
        else if (connack !== null) socket.write(connack)
        return
      }
      case 8:
        if (script.granted === null) return
        socket.write(Buffer.from([0x90, 3, packet[2] ?? 0, packet[3] ?? 0, script.granted ?? 0]))
        return
      case 12:
        socket.write(Buffer.from([0xd0, 0]))
    }
  }

  return {
    port: address.port,
    levels,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Where the first packet ends; beyond the end while even its length isn't there. */
function endOfPacket(bytes: Buffer): number {
  return 2 + (bytes[1] ?? 0)
}
