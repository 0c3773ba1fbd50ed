/** Verbs of Optuna's own command line; they behave alike, on a storage that `--storage` names or on the journal of a run folder. */
export const optunaVerbs = [
  'create-study',
  'delete-study',
  'set-user-attr',
  'study-names',
  'studies',
  'best-trial',
  'best-trials',
  'ask',
  'tell',
] as const
export type OptunaVerb = (typeof optunaVerbs)[number] | 'trials'

export const isOptunaVerb = (name: string): name is OptunaVerb => (optunaVerbs as readonly string[]).includes(name)
