import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'

export interface TestCertificate {
  readonly cert: string
  readonly key: string
}

/** A certificate of its own authority for `name`, a day long, made by the machine's openssl. PEM texts. */
export async function makeCertificate(name: string): Promise<TestCertificate> {
  const dir = await mkdtemp(join(tmpdir(), 'weir-tls-'))
  try {
    const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')]
    await promisify(execFile)('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '1',
      ],
      ...['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-keyout', key, '-out', cert],
    ])
    return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') }
  } finally {
    await rm(dir, { recursive: true })
  }
}

export interface TlsFront {
  readonly port: number
  close(): Promise<void>
}

/** Speaks TLS on loopback and passes the bytes on to a plain `host:port`: a real broker, over TLS. */
export async function startTlsFront(
  plain: { host: string; port: number },
  certificate: TestCertificate,
): Promise<TlsFront> {
  const sockets = new Set<TLSSocket>()
  const server = createServer({ cert: certificate.cert, key: certificate.key }, (secure) => {
    sockets.add(secure)
    const onward = connect(plain)
    secure.pipe(onward).pipe(secure)
    // Either side going takes the other with it; why, is the test's affair.
    for (const socket of [secure, onward]) socket.on('error', () => {})
    secure.on('close', () => {
      sockets.delete(secure)
      onward.destroy()
    })
    onward.on('close', () => secure.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
