export { type ReadYaml, readYaml } from './read-yaml.ts'
