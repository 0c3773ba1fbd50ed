import { type Place, rootOf } from './place.ts'

/** Where a path with leading dots starts: `.` is the container, every further dot its parent; none is the root. */
export function startOf(container: Place, key: string): Place | undefined {
  if (!key.startsWith('.')) return rootOf(container)
  let at: Place | undefined = container
  for (let i = 1; key[i] === '.' && at; i++) at = at.parent
  return at
}
