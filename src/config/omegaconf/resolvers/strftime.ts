const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const dayMilliseconds = 86_400_000

const pad = (value: number, width = 2, fill = '0'): string => String(value).padStart(width, fill)

function dayOfYear(date: Date): number {
  const start = Date.UTC(date.getFullYear(), 0, 1)
  return Math.round((Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - start) / dayMilliseconds) + 1
}

/** Year and week by ISO 8601: weeks begin on Monday, the first holds the year's first Thursday. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()))
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7))
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return { year: thursday.getUTCFullYear(), week: Math.floor((thursday.getTime() - first) / dayMilliseconds / 7) + 1 }
}

/** Python's `date.strftime(pattern)` in the C locale and local time. An unknown directive stays as it is. */
export function strftime(date: Date, pattern: string): string {
  const expand = (text: string): string => strftime(date, text)
  const hour12 = date.getHours() % 12 || 12
  const directives: Record<string, () => string> = {
    a: () => days[date.getDay()].slice(0, 3),
    A: () => days[date.getDay()],
    b: () => months[date.getMonth()].slice(0, 3),
    B: () => months[date.getMonth()],
    c: () => expand('%a %b %e %H:%M:%S %Y'),
    C: () => pad(Math.floor(date.getFullYear() / 100)),
    d: () => pad(date.getDate()),
    D: () => expand('%m/%d/%y'),
    e: () => pad(date.getDate(), 2, ' '),
    f: () => pad(date.getMilliseconds() * 1000, 6),
    F: () => expand('%Y-%m-%d'),
    g: () => pad(isoWeek(date).year % 100),
    G: () => String(isoWeek(date).year),
    h: () => expand('%b'),
    H: () => pad(date.getHours()),
    I: () => pad(hour12),
    j: () => pad(dayOfYear(date), 3),
    k: () => pad(date.getHours(), 2, ' '),
    l: () => pad(hour12, 2, ' '),
    m: () => pad(date.getMonth() + 1),
    M: () => pad(date.getMinutes()),
    n: () => '\n',
    p: () => (date.getHours() < 12 ? 'AM' : 'PM'),
    P: () => (date.getHours() < 12 ? 'am' : 'pm'),
    r: () => expand('%I:%M:%S %p'),
    R: () => expand('%H:%M'),
    s: () => String(Math.floor(date.getTime() / 1000)),
    S: () => pad(date.getSeconds()),
    t: () => '\t',
    T: () => expand('%H:%M:%S'),
    u: () => String(date.getDay() || 7),
    U: () => pad(Math.floor((dayOfYear(date) + 6 - date.getDay()) / 7)),
    V: () => pad(isoWeek(date).week),
    w: () => String(date.getDay()),
    W: () => pad(Math.floor((dayOfYear(date) + 6 - ((date.getDay() + 6) % 7)) / 7)),
    x: () => expand('%m/%d/%y'),
    X: () => expand('%H:%M:%S'),
    y: () => pad(date.getFullYear() % 100),
    Y: () => String(date.getFullYear()),
    // Python's dates have no zone unless they are given one.
    z: () => '',
    Z: () => '',
    '%': () => '%',
  }
  return pattern.replace(/%([a-zA-Z%])/g, (whole, name: string) => (Object.hasOwn(directives, name) ? directives[name]() : whole))
}
