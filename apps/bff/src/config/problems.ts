import type { z } from 'zod'

/** One mistake in what the operator wrote: where, and what is wrong there. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** The configuration cannot be used; `problems` holds every mistake that was found, not the first. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'))
    this.problems = problems
  }
}

/** A zod error as problems, with paths like `weir.yaml: clusters[0].endpoints.amqp`. */
export function problemsOf(error: z.ZodError, origin: string): Problem[] {
  return error.issues
    .flatMap((issue) => flatten(issue, []))
    .map((issue) => ({
      path: `${origin}: ${pathText(issue.path) || '(top level)'}`,
      message: issue.message,
    }))
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

/** A union's issue says only "invalid input": its nearest branch says what is wrong. */
function flatten(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): Issue[] {
  const path = [...prefix, ...issue.path]
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, message: issue.message }]
  const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? []
  return nearest.flatMap((inner) => flatten(inner, path))
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}
