/** Resolvers that every config knows, with one line each. */
export const resolverDocs: ReadonlyMap<string, string> = new Map([
  ['oc.env', '`${oc.env:NAME,default}`: an environment variable, as text.'],
  ['oc.select', '`${oc.select:key,default}`: the value at a key, or a default when there is none.'],
  ['oc.create', '`${oc.create:…}`: a map or list as part of the config.'],
  ['oc.decode', '`${oc.decode:text}`: a text read as a value: a number, a list, …'],
  ['oc.deprecated', '`${oc.deprecated:key}`: the value of another key, with a warning that this one is deprecated.'],
  ['oc.dict.keys', '`${oc.dict.keys:key}`: the keys of a map, as a list.'],
  ['oc.dict.values', '`${oc.dict.values:key}`: the values of a map, as a list.'],
  ['hydra', '`${hydra:runtime.cwd}`: a value of Hydra’s own config.'],
  ['now', '`${now:%Y-%m-%d}`: the time at which the job began.'],
  ['python_version', '`${python_version:minor}`: the version of Python that Hydra would see.'],
])
