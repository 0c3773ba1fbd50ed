export { callResolver, resolverNames } from './registry.ts'
