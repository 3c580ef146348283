import { loopbackHosts } from '../config/environment.ts'

/**
 * Whether a `Host` header names this server: a loopback name with our own port. A page on another name that resolves
 * to this machine (DNS rebinding) carries its own name and is refused.
 */
export function hostAllowed(host: string | undefined, port: number): boolean {
  return host !== undefined && ownAuthorities(port).has(host.toLowerCase())
}

/** Whether an `Origin` header is our own page. `null`, foreign and absent ones are not: they need a token. */
export function originIsOwn(origin: string | undefined, port: number): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.protocol === 'http:' && ownAuthorities(port).has(url.host)
}

function ownAuthorities(port: number): ReadonlySet<string> {
  return new Set(
    loopbackHosts.flatMap((name) => {
      const host = name.includes(':') ? `[${name}]` : name
      return port === 80 ? [host, `${host}:80`] : [`${host}:${port}`]
    }),
  )
}
