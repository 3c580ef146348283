import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot } from './paths.ts'

const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: repositoryRoot }).sort()

const textOf = (file: string) => readFileSync(resolve(repositoryRoot, file), 'utf8')
const prose = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '')

/** A heading's anchor, as GitHub makes it. */
function anchorsOf(file: string): Set<string> {
  const headings = prose(textOf(file)).matchAll(/^#+ (.+)$/gm)
  const anchor = (heading: string) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '')
  return new Set([...headings].map(([, heading = '']) => anchor(heading).replaceAll(' ', '-')))
}

/** Relative links, and what is wrong with each that leads nowhere. */
function brokenLinks(file: string): string[] {
  return [...prose(textOf(file)).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) return []
    const [path = '', anchor] = target.split('#')
    const linked = path === '' ? file : join(dirname(file), path)
    if (!existsSync(join(repositoryRoot, linked))) return [`${target}: there is no ${linked}`]
    return anchor === undefined || anchorsOf(linked).has(anchor) ? [] : [`${target}: no such heading`]
  })
}

/** Paths from the root in code spans; a placeholder names no file, and what is built isn't there before it is. */
function missingPaths(file: string): string[] {
  const spans = [...prose(textOf(file)).matchAll(/`((?:apps|packages|e2e|docs)\/[^`\s]*)`/g)]
  return spans
    .map(([, path = '']) => path)
    .filter((path) => !/[<>*…]|\/dist\b/.test(path) && !existsSync(join(repositoryRoot, path)))
}

it('finds the documents', () => {
  expect(documents).toContain('README.md')
  expect(documents).toContain('docs/PROTOCOL.md')
})

it.each(documents)('%s links to what is there', (file) => {
  expect(brokenLinks(file)).toEqual([])
})

it.each(documents)('%s names paths that are there', (file) => {
  expect(missingPaths(file)).toEqual([])
})
