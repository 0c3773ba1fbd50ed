import { memoryPlatform } from './memory.ts'
import type { Platform } from './ports.ts'

/**
 * A browser: files in memory as the host hands them in, the browser's clock, no processes and no modules of a project.
 *
 * @param files absolute path -> content
 */
export function webPlatform({
  files,
  cwd,
}: {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly cwd: string
}): Platform {
  const memory = memoryPlatform({ files, cwd })
  return {
    ...memory,
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    environment: { ...memory.environment, host: 'browser', startedAt: new Date(performance.timeOrigin).toISOString() },
  }
}
