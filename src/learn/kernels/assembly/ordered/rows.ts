// What is read of a row, and where it stands: the rows of a small node, and of all nodes below it, move near each other in memory.

import { columnCount, featureAt } from '../draws'
import { clearNear, enterNear, leaveNear, level, nearColumn, originalsOfNear, roomOfNear } from '../near'
import { end, start } from '../split'
import {
  isRandom,
  listOf,
  localRowsAt,
  localTargetsAt,
  localTermsAt,
  mostLocal,
  originalsAt,
  rows,
  samplesAt,
  termsAt,
  xAt,
  yAt,
} from './layout'

// What is read of a row: of all rows, or of those that have moved in.
export let terms: usize = 0
export let targets: usize = 0

export function sampleAt(p: i32): usize {
  return <usize>load<u32>(samplesAt + ((<usize>p) << 2))
}

export function weightOf(i: usize): f64 {
  return load<f64>(terms + (i << 4), 8)
}

export function targetOf(i: usize): f64 {
  return load<f64>(targets + (i << 3))
}

export function productOf(i: usize): f64 {
  return load<f64>(terms + (i << 4))
}

export function columnOf(feature: i32): usize {
  return isRandom ? nearColumn(feature) : xAt + ((<usize>feature * <usize>rows) << 2)
}

/** Fewer rows than this are done before they have moved. */
const fewLocal: i32 = 16
/** Where columns are lists: the nodes below the one that has moved in end here; 0: none has. */
export let localEnd: i32 = 0
let canMoveIn: bool = false

/** Before a tree grows: its rows are where they were laid. */
export function placeRows(isDepthFirst: bool): void {
  canMoveIn = isDepthFirst && mostLocal > 0
  moveOut()
  clearNear(isDepthFirst)
}

/** Brings the rows of the node near each other where that pays. */
export function approachRows(known: i32): void {
  if (isRandom) enterCopies()
  if (localEnd > 0 && start >= localEnd) moveOut()
  const n = end - start
  if (canMoveIn && localEnd === 0 && n <= mostLocal && n >= fewLocal) moveIn(known)
}

/** Reads rows where they are at this level of copies. */
function readAtLevel(): void {
  terms = level > 0 ? roomOfNear(0) : termsAt
  targets = level > 0 ? roomOfNear(1) : yAt
}

/** Columns are copied when they are asked for; what else is read of a row, now. */
function enterCopies(): void {
  leaveNear()
  readAtLevel()
  if (!enterNear(samplesAt)) return
  const n = <usize>(end - start)
  const originals = originalsOfNear()
  const ownTerms = roomOfNear(0)
  const ownTargets = roomOfNear(1)
  for (let i: usize = 0; i < n; i++) {
    const row = <usize>load<u32>(originals + (i << 2))
    v128.store(ownTerms + (i << 4), v128.load(terms + (row << 4)))
    store<f64>(ownTargets + (i << 3), load<f64>(targets + (row << 3)))
  }
  readAtLevel()
}

/** Where columns are lists: numbers the rows of the node from 0; its first `known` features are not read below it. */
function moveIn(known: i32): void {
  const n = <usize>(end - start)
  const samples = samplesAt + ((<usize>start) << 2)
  for (let i: usize = 0; i < n; i++) {
    const row = <usize>load<u32>(samples + (i << 2))
    store<u32>(localRowsAt + (row << 2), <u32>i)
    store<u32>(originalsAt + (i << 2), <u32>row)
    v128.store(localTermsAt + (i << 4), v128.load(termsAt + (row << 4)))
    store<f64>(localTargetsAt + (i << 3), load<f64>(yAt + (row << 3)))
    store<u32>(samples + (i << 2), <u32>i)
  }
  const width = columnCount()
  for (let j = known; j < width; j++) {
    const list = listOf(featureAt(j))
    for (let p = <usize>start; p < <usize>end; p++) {
      const row = <usize>load<u32>(list + (p << 3), 4)
      store<u32>(list + (p << 3), load<u32>(localRowsAt + (row << 2)), 4)
    }
  }
  localEnd = end
  terms = localTermsAt
  targets = localTargetsAt
}

function moveOut(): void {
  localEnd = 0
  terms = termsAt
  targets = yAt
}
