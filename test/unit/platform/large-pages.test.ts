import { expect, test } from 'vitest'
import { withLargePages } from '../../../src/platform/large-pages.ts'

test.runIf(process.platform === 'linux')('a process asks for large pages unless the user has said otherwise', () => {
  expect(withLargePages({ HOME: '/home/ada' })).toEqual({ HOME: '/home/ada', GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' })
  const own = { GLIBC_TUNABLES: 'glibc.malloc.check=3' }
  expect(withLargePages(own)).toEqual(own)
})
