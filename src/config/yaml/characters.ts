// Codes of the characters that YAML's scanner asks about. 0 ends every text: a NUL in it is refused before scanning.
export const isBreak = (c: number): boolean => c === 10 || c === 13 || c === 0x85 || c === 0x2028 || c === 0x2029
export const isBreakOrEnd = (c: number): boolean => c === 0 || isBreak(c)
export const isBlankOrEnd = (c: number): boolean => c === 32 || c === 9 || isBreakOrEnd(c)
/** Space, break or end; a tab is none of them. */
export const isSpaceOrEnd = (c: number): boolean => c === 32 || isBreakOrEnd(c)
export const isFlowIndicator = (c: number): boolean => c === 44 || c === 91 || c === 93 || c === 123 || c === 125
/** `0-9 A-Z a-z - _` */
export const isWordCharacter = (c: number): boolean =>
  (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 45 || c === 95

// Outside of YAML 1.1's printable characters. The text is checked as UTF-16, so lone surrogates are found too.
const unprintable = /[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** Offset of the first character that YAML forbids, or -1. */
export const firstUnprintable = (text: string): number => text.search(unprintable)
