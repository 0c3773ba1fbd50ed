/** What a style sheet may say of a shape. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-family',
  'font-weight',
  'paint-order',
]

/** A drawn picture as SVG text that needs no style sheet: its colours are those of the theme it was copied from. */
export function standaloneSvg(picture: SVGElement): string {
  const copy = picture.cloneNode(true) as SVGElement
  const plain = getComputedStyle(document.createElementNS('http://www.w3.org/2000/svg', 'g'))
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  for (const [i, element] of [picture, ...picture.querySelectorAll<SVGElement>('*')].entries()) {
    const style = getComputedStyle(element)
    for (const property of properties) {
      const value = style.getPropertyValue(property)
      if (value && value !== plain.getPropertyValue(property)) copies[i].setAttribute(property, value)
    }
    copies[i].removeAttribute('class')
  }
  return copy.outerHTML
}
