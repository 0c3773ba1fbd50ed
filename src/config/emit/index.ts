export { toYaml } from './to-yaml.ts'
