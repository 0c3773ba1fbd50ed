import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'node_modules/**'],
    setupFiles: ['test/random-seed.ts'],
    testTimeout: 30_000,
    pool: 'forks',
  },
})
