import type { Disposable, Memento } from 'vscode'
import type { ConfRoots } from './conf-roots.ts'
import type { Language } from './language.ts'
import type { RunRequest } from './run-request.ts'

export interface PickContext {
  readonly roots: ConfRoots
  readonly language: Language
  readonly memory: Memento
  /** Shows what the choices compose to. */
  readonly preview: (request: RunRequest) => void
}

/** The answer to one step of several. */
export type Step<T> = { readonly go: 'on'; readonly value: T } | { readonly go: 'back' } | { readonly go: 'away' }

export interface Position {
  readonly title: string
  readonly step: number
  readonly total: number
}

/** What the choices are for, in words. */
export interface Purpose {
  readonly title: string
  /** What Enter does in the last step. */
  readonly enter: string
  /** The row that stands for it. */
  readonly row: (what: 'run' | 'study' | 'sweep') => string
}

/** Shows a pick and waits for one answer; hiding it is an answer too. */
export function answered<T>(
  pick: { show(): void; dispose(): void; onDidHide(listener: () => void): Disposable },
  listen: (resolve: (step: Step<T>) => void) => Disposable[],
): Promise<Step<T>> {
  return new Promise(done => {
    const subscriptions: Disposable[] = []
    const resolve = (step: Step<T>) => {
      done(step)
      for (const subscription of subscriptions) subscription.dispose()
      pick.dispose()
    }
    subscriptions.push(
      ...listen(resolve),
      pick.onDidHide(() => resolve({ go: 'away' })),
    )
    pick.show()
  })
}
