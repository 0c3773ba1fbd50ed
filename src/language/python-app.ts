import type { ConfigFiles } from '../config/config-files.ts'
import { listGroups } from '../config/sources/list-groups.ts'
import { type PythonApp, readPythonApp } from '../config/sources/python-app.ts'
import type { ConfRoot } from './conf-roots.ts'
import { joinPath } from './paths.ts'

const search = { depth: 4, mostFolders: 1000, mostFiles: 400 }

/** So many configs are looked at for headers of old. */
const mostHeaders = 200

/**
 * What the Python code of a conf root's project says. Where no `@hydra.main` names the root, headers `# @package _group_` are a sign of
 * version_base 1.1: later they would be a key of that name, which nobody means.
 */
export function pythonAppOf(files: ConfigFiles, root: ConfRoot): PythonApp {
  const app = readPythonApp(files, root.path, search)
  return app.versionBase === undefined && hasGroupHeaders(files, root) ? { ...app, versionBase: '1.1' } : app
}

function hasGroupHeaders(files: ConfigFiles, { path }: ConfRoot): boolean {
  const configs = listGroups(files, { configPath: path }).flatMap(({ group, options }) => options.map(option => `${group}/${option}.yaml`))
  return configs
    .slice(0, mostHeaders)
    .some(config => /^\s*#\s*@package\s+_group_\s*$/m.test(files.read(joinPath(path, config))?.text.slice(0, 512) ?? ''))
}
