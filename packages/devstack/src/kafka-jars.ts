import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir } from './paths.ts'
import { findProgram } from './programs.ts'
import type { Report } from './report.ts'
import { runCommand } from './run-command.ts'

export const kafkaVersion = '4.3.1'

/**
 * The folder with Apache Kafka's jars, fetched by Maven at the first call and kept for every data folder.
 * Throws when they aren't there and can't be fetched.
 */
export async function kafkaJars(report: Report): Promise<string> {
  const folder = join(cacheDir, `kafka-${kafkaVersion}`)
  const jars = join(folder, 'lib')
  if (existsSync(jars)) return jars
  const maven = findProgram('mvn')
  if (maven === null) throw new Error("Apache Kafka's jars need Maven to be fetched (package maven)")
  report(`fetching Apache Kafka ${kafkaVersion} with Maven (44 MB, once)`)
  // Two starts at the same moment each fetch into a folder of their own, and the first one done wins.
  const own = `${folder}.${process.pid}`
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'pom.xml'), pom)
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime']
  try {
    await runCommand(maven, goal, { cwd: own, onLine: (line) => line.includes('ERROR') && report(line) })
    mkdirSync(folder, { recursive: true })
    if (!existsSync(jars)) renameSync(join(own, 'lib'), jars)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
  report(`${readdirSync(jars).length} jars are there`)
  return jars
}

const pom = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>weir</groupId>
  <artifactId>kafka-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${kafkaVersion}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>2.25.4</version>
    </dependency>
  </dependencies>
</project>
`
