import { commands } from 'vscode'

/** What `when` clauses of the manifest ask for. */
export interface ContextKeys {
  /** The workspace was searched for conf roots. */
  scanned: boolean
  hasConfRoot: boolean
  /** Folders of conf roots, by path. */
  confFolders: readonly string[]
  hasRuns: boolean
  hasStudy: boolean
  hasLastRun: boolean
  running: boolean
}

export const setContext = <Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void =>
  void commands.executeCommand('setContext', `fitwright.${key}`, value)
