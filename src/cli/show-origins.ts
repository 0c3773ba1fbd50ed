import type { ComposeRequest } from '../config/compose-contract.ts'
import { composedPreview, createWorkspaceModel } from '../language/index.ts'
import { parentPath } from '../run/paths.ts'
import type { Workplace } from './workplace.ts'

/** The composed config with the place that set each line at its right. */
export function showOrigins({ platform, terminal }: Workplace, { configPath, configName, overrides = [] }: ComposeRequest): number {
  const model = createWorkspaceModel(platform.configFiles, { env: platform.environment.env })
  model.configure({ folders: [parentPath(configPath)], confRoots: [configPath] })
  const preview = composedPreview(model, { configPath, configName: configName ?? 'config', overrides })
  if (!preview) return 1
  const lines = preview.text.trimEnd().split('\n')
  const notes = new Map(preview.origins.map(({ line, note }) => [line, note]))
  const width = Math.min(60, Math.max(...lines.map(line => line.length)))
  for (const [i, line] of lines.entries()) {
    const note = notes.get(i)
    terminal.out(note ? `${line.padEnd(width)}  ${terminal.paint.dim(`# ${note}`)}` : line)
  }
  return 0
}
