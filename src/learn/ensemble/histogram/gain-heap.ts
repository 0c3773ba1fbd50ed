/** What waits for its split. */
export interface Gaining {
  readonly split?: { readonly gain: number }
}

const before = (a: Gaining, b: Gaining) => a.split!.gain > b.split!.gain

/** Python's heapq: among equal gains its moves decide which node is split first. */
export function push<Node extends Gaining>(heap: Node[], node: Node): void {
  heap.push(node)
  rise(heap, 0, heap.length - 1)
}

/** The node that gains most. */
export function pop<Node extends Gaining>(heap: Node[]): Node | undefined {
  const last = heap.pop()
  if (!last || !heap.length) return last
  const top = heap[0]
  heap[0] = last
  let at = 0
  let child = 1
  while (child < heap.length) {
    const other = child + 1
    if (other < heap.length && !before(heap[child], heap[other])) child = other
    heap[at] = heap[child]
    at = child
    child = 2 * at + 1
  }
  heap[at] = last
  rise(heap, 0, at)
  return top
}

function rise<Node extends Gaining>(heap: Node[], start: number, from: number): void {
  const node = heap[from]
  let at = from
  while (at > start) {
    const parent = (at - 1) >> 1
    if (!before(node, heap[parent])) break
    heap[at] = heap[parent]
    at = parent
  }
  heap[at] = node
}
