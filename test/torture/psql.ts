import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SqlDatabase, SqlRow, SqlValue } from '../../src/study/index.ts'

const END = 'all-of-the-answer'

/** A PostgreSQL database through the command psql: slow and blocking, but enough to try the dialect on a real server. */
export function openPsql(url: string): SqlDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'fitwright-psql-'))
  const [questions, answers] = [join(folder, 'questions'), join(folder, 'answers')]
  spawnSync('mkfifo', [questions, answers])
  spawn('sh', ['-c', `exec psql -X -q -A -t '${url}' < '${questions}' > '${answers}' 2>&1`], { stdio: 'ignore' }).unref()
  const to = openSync(questions, 'w')
  const from = openSync(answers, 'r')
  const buffer = Buffer.alloc(65536)

  function ask(sql: string): string {
    writeSync(to, `${sql};\n\\echo ${END}\n`)
    let text = ''
    while (!text.endsWith(`${END}\n`)) {
      const n = readSync(from, buffer)
      if (n === 0) throw new Error(`psql ended: ${text}`)
      text += buffer.toString('latin1', 0, n)
    }
    const answer = Buffer.from(text.slice(0, -END.length - 1), 'latin1').toString('utf8')
    if (/^(ERROR|FATAL):/m.test(answer)) throw new Error(answer)
    return answer
  }

  const all = (sql: string, parameters: readonly SqlValue[] = []): SqlRow[] =>
    JSON.parse(ask(`SELECT coalesce(json_agg(q), '[]') FROM (${bound(sql, parameters)}) q`))
  return {
    dialect: 'postgresql',
    readOnly: undefined,
    all,
    run(sql, parameters = []) {
      const into = /^INSERT INTO (studies|trials) /.exec(sql)?.[1]
      const answer = ask(bound(sql, parameters) + (into ? ` RETURNING ${into.slice(0, -1).replace('studie', 'study')}_id` : ''))
      return into ? Number(answer) : 0
    },
    transaction(work) {
      ask('BEGIN')
      try {
        const result = work()
        ask('COMMIT')
        return result
      } catch (error) {
        ask('ROLLBACK')
        throw error
      }
    },
    // Any transaction of anybody.
    version: () => Number(ask('SELECT txid_snapshot_xmax(txid_current_snapshot())')),
    close() {
      closeSync(to)
      closeSync(from)
      rmSync(folder, { recursive: true })
    },
  }
}

function bound(sql: string, parameters: readonly SqlValue[]): string {
  let i = 0
  return sql.replace(/\?/g, () => literal(parameters[i++]))
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}
