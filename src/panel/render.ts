// A picture of the page as plain values, and the few steps that make the page equal to it. Focus, scroll and text selection
// survive an update because elements are kept, not rebuilt.

export type Child = PageNode | string | number | null | undefined | false
export type Children = Child | readonly Children[]
/**
 * `on…` functions listen, `.name` sets a property, `html` sets trusted markup (our own SVG text), `style` sets style properties one by one
 * (the content security policy forbids style attributes), `key` finds the element again; all else are attributes.
 */
export type Props = Readonly<Record<string, unknown>>

export interface PageNode {
  readonly tag: string
  readonly props: Props
  readonly children: readonly Child[]
}

export const h = (tag: string, props: Props | null = null, ...children: readonly Children[]): PageNode => ({
  tag,
  props: props ?? {},
  children: flatten(children),
})

function flatten(children: readonly Children[]): Child[] {
  const flat: Child[] = []
  for (const child of children) {
    if (Array.isArray(child)) flat.push(...flatten(child))
    else if (child !== null && child !== undefined && child !== false) flat.push(child as Child)
  }
  return flat
}

const drawn = new WeakMap<Element, PageNode>()
const listeners = new WeakMap<Element, Map<string, EventListener>>()

/** Makes the children of `parent` equal to `children`. */
export function render(parent: Element, ...children: readonly Children[]): void {
  patchChildren(parent, flatten(children))
}

function patchChildren(parent: Element, children: readonly Child[]): void {
  const keyed = new Map<unknown, Element>()
  for (const element of parent.children) {
    const key = drawn.get(element)?.props.key
    if (key !== undefined) keyed.set(key, element)
  }
  let next: ChildNode | null = parent.firstChild
  for (const child of children) {
    if (typeof child !== 'object' || child === null) {
      const text = String(child)
      if (next?.nodeType === Node.TEXT_NODE) {
        if (next.nodeValue !== text) next.nodeValue = text
        next = next.nextSibling
      } else parent.insertBefore(document.createTextNode(text), next)
      continue
    }
    const { key } = child.props
    const candidate = key === undefined ? next : keyed.get(key)
    if (candidate instanceof Element && matches(candidate, child)) {
      if (candidate === next) next = next.nextSibling
      else parent.insertBefore(candidate, next)
      patch(candidate, child)
    } else {
      const created = document.createElement(child.tag)
      patch(created, child)
      parent.insertBefore(created, next)
    }
  }
  while (next) {
    const after: ChildNode | null = next.nextSibling
    next.remove()
    next = after
  }
}

const matches = (element: Element, { tag, props }: PageNode): boolean => {
  const before = drawn.get(element)
  return before !== undefined && before.tag === tag && before.props.key === props.key
}

function patch(element: Element, node: PageNode): void {
  const before = drawn.get(element)
  if (before === node) return
  const previous = before?.props ?? {}
  for (const name of Object.keys(previous)) if (!(name in node.props)) setProp(element, name, undefined, previous[name])
  for (const [name, value] of Object.entries(node.props))
    if (value !== previous[name] || name[0] === '.') setProp(element, name, value, previous[name])
  drawn.set(element, node)
  if (!('html' in node.props)) patchChildren(element, node.children)
}

function setProp(element: Element, name: string, value: unknown, previous: unknown): void {
  if (name === 'key') return
  if (name === 'html') element.innerHTML = String(value ?? '')
  else if (name === 'style')
    setStyle(element as HTMLElement, value as Record<string, string> | undefined, previous as Record<string, string> | undefined)
  else if (name[0] === '.') setProperty(element, name.slice(1), value)
  else if (name.startsWith('on')) listen(element, name.slice(2).toLowerCase(), value as EventListener | undefined)
  else if (value === false || value === null || value === undefined) element.removeAttribute(name)
  else element.setAttribute(name, value === true ? '' : String(value))
}

function setProperty(element: Element, name: string, value: unknown): void {
  const target = element as unknown as Record<string, unknown>
  if (target[name] !== value) target[name] = value
}

function setStyle(element: HTMLElement, style: Record<string, string> = {}, previous: Record<string, string> = {}): void {
  for (const name of Object.keys(previous)) if (!(name in style)) element.style.removeProperty(name)
  for (const [name, value] of Object.entries(style)) if (previous[name] !== value) element.style.setProperty(name, value)
}

/** One real listener per event: the function behind it changes with every drawing. */
function listen(element: Element, event: string, handler: EventListener | undefined): void {
  let handlers = listeners.get(element)
  if (!handlers) listeners.set(element, (handlers = new Map()))
  if (handler && !handlers.has(event)) element.addEventListener(event, e => handlers.get(event)?.(e))
  if (handler) handlers.set(event, handler)
  else handlers.delete(event)
}
