import { availableParallelism, homedir, hostname } from 'node:os'
import { pathToFileURL } from 'node:url'
import { nodeConfigFiles } from './node-config-files.ts'
import { nodeFiles } from './node-files.ts'
import { enterPlace, isAlive, processStart } from './node-process.ts'
import { nodeWorker } from './node-worker.ts'
import { nodeProcesses } from './node-worker-process.ts'
import type { Platform } from './ports.ts'

/**
 * The machine that this process runs on.
 *
 * @param workers folder of the worker bundles, as a URL that ends with `/`
 */
export function nodePlatform({ workers, cwd = process.cwd() }: { readonly workers: URL; readonly cwd?: string }): Platform {
  return {
    files: nodeFiles(),
    configFiles: nodeConfigFiles(),
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    environment: {
      env: process.env,
      cwd: slashes(cwd),
      home: slashes(homedir()),
      pid: process.pid,
      // Asked for by what writes a run or takes a lock.
      get startedAt() {
        return processStart(process.pid) ?? new Date(performance.timeOrigin).toISOString()
      },
      host: hostname(),
      cores: availableParallelism(),
      isAlive,
      enter: enterPlace,
    },
    worker: nodeWorker(workers),
    processes: nodeProcesses(workers),
    importModule: path => importUrl(pathToFileURL(path).href),
    breathe: () => new Promise(done => setImmediate(done)),
  }
}

/** What `loadProgram` of the command line hands in: code that V8 compiled beforehand cannot import by itself. */
declare const __importModule: ((url: string) => Promise<Record<string, unknown>>) | undefined
const importUrl = (url: string): Promise<Record<string, unknown>> =>
  typeof __importModule === 'undefined' ? import(url) : __importModule(url)

/** Paths inside the product have `/` everywhere; node takes them on Windows too. */
export const slashes = (path: string): string => (process.platform === 'win32' ? path.replaceAll('\\', '/') : path)
