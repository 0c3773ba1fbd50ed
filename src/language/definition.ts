import type { Origin } from '../config/node.ts'
import type { FileRange, Position } from './contract.ts'
import { dataFileOf } from './data-files.ts'
import { defaultsIn } from './defaults-outline.ts'
import { targetsOfItem } from './defaults-targets.ts'
import { interpolationAt, pathOfInterpolation } from './interpolation-text.ts'
import { entryAt, nodeAt } from './origin-index.ts'
import type { PathStep } from './outline.ts'
import { originSpan } from './place-text.ts'
import { fileRangeOf, offsetAt, touches } from './positions.ts'
import { exportPlace } from './project-exports.ts'
import { firstView, type View, viewsOf } from './views.ts'
import type { WorkspaceModel } from './workspace-model.ts'

const fileStart = (path: string): FileRange => ({ path, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } })

/**
 * Where a defaults entry, an interpolation, a data path or a project's target leads; for a key, what set its value when that is
 * elsewhere, else what it overrides.
 */
export function definition(model: WorkspaceModel, path: string, position: Position): readonly FileRange[] {
  const outline = model.outline(path)
  const root = model.rootOf(path)
  const line = outline?.lines.find(candidate => candidate.line === position.line)
  if (!outline || !root || !line) return []
  const offset = offsetAt(outline.source, position)
  const item = defaultsIn(outline).find(candidate => candidate.line === line)
  if (item) {
    const targets = targetsOfItem(model, root, path, item)
    const under = targets.filter(target => touches(target, offset))
    return (under.length ? under : targets).map(({ file }) => fileStart(file))
  }
  if (line.key?.text === '_target_') {
    const place = exportPlace(model.files, root.project, line.value.text)
    if (place) return [place]
  }
  const text = outline.source.text.slice(line.value.start, line.value.end)
  const inner = touches(line.value, offset) ? interpolationAt(text, offset - line.value.start) : undefined
  if (inner) return interpolationTargets(model, path, line.value.start, inner.content)
  const data = touches(line.value, offset) ? dataFileOf(model, root, line.value.text) : undefined
  if (data) return [fileStart(data)]
  return keyTargets(model, path, offset)
}

function interpolationTargets(model: WorkspaceModel, path: string, valueStart: number, content: string): readonly FileRange[] {
  const reference = /^\s*oc\.select\s*:\s*([^,]+)/.exec(content)?.[1] ?? content
  return (
    firstView(model, path, view => {
      const from = entryAt(view.config, path, valueStart)?.entry.path
      const steps = from && pathOfInterpolation(reference, from)
      return steps && placeOfNode(view, steps)
    }) ?? []
  )
}

/** Where the node at a path of the composed config is written. */
function placeOfNode({ config }: View, steps: readonly PathStep[]): readonly FileRange[] | undefined {
  const node = steps[0] === 'hydra' ? nodeAt(config.hydra, steps.slice(1)) : nodeAt(config.task, steps)
  const span = node && (node.origin.keySpan ?? node.origin.span)
  return span && isFile(span.source.path) ? [fileRangeOf(span)] : undefined
}

/** A key leads to what replaced it, in any context; if nothing did, to what it replaced. */
function keyTargets(model: WorkspaceModel, path: string, offset: number): readonly FileRange[] {
  const places = new Map<string, FileRange>()
  const older = new Map<string, FileRange>()
  for (const view of viewsOf(model, path)) {
    const found = entryAt(view.config, path, offset)
    if (found?.on !== 'key') continue
    const { entry } = found
    if (entry.replaced) addPlace(places, entry.node.origin)
    for (let before = entry.origin.replaced; before; before = before.origin.replaced) addPlace(older, before.origin)
  }
  return [...(places.size ? places : older).values()]
}

function addPlace(places: Map<string, FileRange>, origin: Origin): void {
  const span = origin.keySpan ?? originSpan(origin)
  if (span && isFile(span.source.path)) places.set(`${span.source.path}:${span.start}`, fileRangeOf(span))
}

export const isFile = (path: string): boolean => !path.startsWith('override[') && !path.startsWith('pkg://')
