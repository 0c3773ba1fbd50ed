const prefix = 'tag:yaml.org,2002:'

/** Tags of YAML 1.1 that PyYAML's SafeLoader knows. */
export const tags = {
  null: `${prefix}null`,
  bool: `${prefix}bool`,
  int: `${prefix}int`,
  float: `${prefix}float`,
  str: `${prefix}str`,
  binary: `${prefix}binary`,
  timestamp: `${prefix}timestamp`,
  merge: `${prefix}merge`,
  value: `${prefix}value`,
  seq: `${prefix}seq`,
  map: `${prefix}map`,
  omap: `${prefix}omap`,
  pairs: `${prefix}pairs`,
  set: `${prefix}set`,
} as const

/** Tags for `pathlib` paths that OmegaConf adds. */
export const pathTags: ReadonlySet<string> = new Set(
  ['Path', 'PosixPath', 'WindowsPath'].map(name => `${prefix}python/object/apply:pathlib.${name}`),
)
