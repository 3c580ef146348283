import { spawn } from 'node:child_process'
import { basename } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export interface CommandOptions {
  env?: NodeJS.ProcessEnv
  cwd?: string
  /** Called with each line of output as it comes. */
  onLine?: (line: string) => void
}

/**
 * Runs a program to its end and answers its output.
 * Throws with the last telling lines of the output when the exit status isn't 0.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let unfinished = ''
    const take = (chunk: string) => {
      output += chunk
      const lines = (unfinished + chunk).split('\n')
      unfinished = lines.pop() ?? ''
      for (const line of lines) options.onLine?.(line)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    child.once('error', (cause) => reject(new Error(`${command} can't be run`, { cause })))
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(output)
      const how = signal ?? `exit status ${code}`
      reject(new Error(`${basename(command)} ended with ${how}:\n${tellingLines(output)}`))
    })
  })
}

// A stack trace at the end would push out the lines that say what is wrong.
function tellingLines(output: string): string {
  const lines = stripVTControlCharacters(output).trim().split('\n')
  return lines
    .filter((line) => !/^\s+at /.test(line))
    .slice(-15)
    .join('\n')
}
