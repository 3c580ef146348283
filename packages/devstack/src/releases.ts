import { readFileSync } from 'node:fs'

/**
 * The release (`3.10`) of a Debian package that is installed, by the list of packages of the system at `root`; null
 * where there is no such list or package. What a broker says of itself is checked against it.
 */
export function releaseOfPackage(name: string, root = ''): string | null {
  try {
    return releaseIn(readFileSync(`${root}/var/lib/dpkg/status`, 'utf8'), name)
  } catch {
    return null // not a Debian
  }
}

export function releaseIn(status: string, name: string): string | null {
  const paragraph = status.split('\n\n').find((text) => text.trimStart().startsWith(`Package: ${name}\n`))
  // An epoch may come first: 1:27.3.
  return /^Version: (?:\d+:)?(\d+\.\d+)/m.exec(paragraph ?? '')?.[1] ?? null
}

/** `4.3` of `4.3.1`. */
export function releaseOf(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}
