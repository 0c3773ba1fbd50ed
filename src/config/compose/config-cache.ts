import type { ConfigCache } from '../compose-contract.ts'

/** A cache for repeated compositions: files whose text is the same object are not parsed again. */
export const createConfigCache = (): ConfigCache => ({ parsed: new Map() })
