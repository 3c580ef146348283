import { createServer, type Server, type Socket } from 'node:net'

export interface SilentServer {
  readonly host: string
  readonly port: number
  /** How many connections it has taken. */
  readonly taken: () => number
  close(): Promise<void>
}

/** A server on loopback that takes every connection and never says a word: a broker that hangs. */
export async function startSilentServer(): Promise<SilentServer> {
  const sockets = new Set<Socket>()
  let taken = 0
  const server = createServer((socket) => {
    taken += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {}) // the other side went away: all the same to us
    socket.resume()
  })
  const port = await listen(server)
  return {
    host: '127.0.0.1',
    port,
    taken: () => taken,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A port on loopback at which, a moment ago, nobody listened. */
export async function closedPort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('no port was given'))
      else resolve(address.port)
    })
  })
}
