import { type InterpolationSyntaxError, parseInterpolation } from './interpolation.ts'

// References by plain names, the most common form, with any text around: no need to parse.
const simple = /^(?:[^$\\]*\$\{\.*[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\})+[^$\\]*$/

/** What is wrong with the interpolations in `text`: OmegaConf checks them when a value is set. */
export const checkInterpolation = (text: string): InterpolationSyntaxError | undefined =>
  simple.test(text) ? undefined : parseInterpolation(text).error

/** Whether a string value is an interpolation for OmegaConf. */
export const isInterpolation = (text: string): boolean => text.includes('${')
