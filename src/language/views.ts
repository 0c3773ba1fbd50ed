import type { ComposedConfig } from '../config/compose-contract.ts'
import { type ComposingContext, contextsOf } from './contexts.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** A file as part of one composed config. */
export interface View {
  readonly context: ComposingContext
  readonly config: ComposedConfig
}

/** The compositions that contain a file and gave a config, those without partners first. Composed one by one, as they are asked for. */
export function* viewsOf(model: WorkspaceModel, path: string): Generator<View> {
  for (const context of contextsOf(model, path)) {
    const { config } = model.compose(context.root, context)
    if (config?.files.includes(path)) yield { context, config }
  }
}

/** The first view for which `answer` finds something. */
export function firstView<Answer>(model: WorkspaceModel, path: string, answer: (view: View) => Answer | undefined): Answer | undefined {
  for (const view of viewsOf(model, path)) {
    const found = answer(view)
    if (found !== undefined) return found
  }
  return undefined
}
