/** Limits within which a config file must stay; beyond them it gives a problem instead of a hang or a crash. */

/** Levels of nesting in one document. Hydra itself fails at about a hundred (Python's recursion limit). */
export const maxDepth = 400

/** Values of one document with every alias written out: a "YAML bomb" multiplies its aliases. */
export const maxExpandedNodes = 1_000_000

/** Characters of one config file. */
export const maxTextLength = 64 * 1024 * 1024

/** A key must be followed by its `:` within this many characters (YAML 1.1). */
export const maxSimpleKeyLength = 1024
