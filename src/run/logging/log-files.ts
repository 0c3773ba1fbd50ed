import type { FileSystem } from '../../platform/ports.ts'
import { LoggingConfigError } from './dict-config.ts'
import type { FileSink, LoggerTree } from './loggers.ts'

/** The files of a job's handlers. What is written is held back until `flush`. */
export interface LogFiles {
  write(sink: FileSink, text: string): void
  flush(): void
}

/**
 * Opens the files of all handlers: those that are not delayed are there at once, as Python's are.
 *
 * @throws LoggingConfigError for a file that cannot be made
 */
export function openLogFiles(files: FileSystem, { handlers }: LoggerTree): LogFiles {
  const held = new Map<string, string>()
  for (const { name, sink } of handlers) {
    if (!sink || !('file' in sink)) continue
    const { file, atOnce, fresh } = sink
    try {
      if (fresh && files.exists(file)) files.remove(file)
      if (atOnce) files.append(file, '')
    } catch (error) {
      throw new LoggingConfigError(
        `Unable to configure handler '${name}'`,
        ['handlers', name, 'filename'],
        pythonText(error as Error, file),
      )
    }
  }
  const flush = () => {
    for (const [file, text] of [...held]) {
      held.delete(file)
      files.append(file, text)
    }
  }
  return {
    write(sink, text) {
      if (sink.rotate) rotating(files, sink, text)
      else held.set(sink.file, (held.get(sink.file) ?? '') + text)
    },
    flush,
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  EROFS: 'Read-only file system',
}

/** A file that cannot be opened, in Python's words. */
function pythonText(error: Error & { code?: string }, file: string): string {
  const reason = reasons[error.code ?? '']
  return reason ? `${reason}: '${file}'` : error.message
}

/** `main.log` becomes `main.log.1`, that one `main.log.2`, … before an entry that would make it too long. */
function rotating(files: FileSystem, { file, rotate }: FileSink, text: string): void {
  const { maxBytes, backups } = rotate!
  const size = files.stat(file)?.size ?? 0
  if (size > 0 && size + new TextEncoder().encode(text).length >= maxBytes) {
    for (let n = backups; n >= 1; n--) {
      const from = n === 1 ? file : `${file}.${n - 1}`
      if (files.exists(from)) files.writeWhole(`${file}.${n}`, files.read(from))
    }
    files.writeWhole(file, '')
  }
  files.append(file, text)
}
