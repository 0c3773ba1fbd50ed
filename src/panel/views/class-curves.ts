import type { CurvePoint } from '../../protocol.ts'
import { type Curve, type CurvesOptions, curves } from '../charts/curves.ts'
import { formatValue } from '../format.ts'
import type { Page } from '../page.ts'
import type { PageNode } from '../render.ts'
import { chartCard } from './chart-card.ts'

/** ROC, precision-recall and calibration of a classifier that tells probabilities. */
export function classCurves(page: Page, width: number): PageNode[] {
  const all = page.snapshot.curves ?? []
  if (!all.length) return []
  const rows = page.snapshot.predictions?.total ?? 0
  const roc = all.map(({ name, roc: points, auc }) => ({ name, points, figure: auc }))
  const precision = all.map(({ name, precisionRecall: points, averagePrecision }) => ({ name, points, figure: averagePrecision }))
  const calibration = all.map(({ name, calibration: points }) => ({ name, points }))
  return [
    card(page, 'roc', roc, {
      title: all.length === 1 ? `ROC · area ${formatValue(all[0].auc)}` : 'ROC',
      x: 'false positive rate',
      y: 'true positive rate',
      reference: 'diagonal',
      width,
    }),
    card(page, 'precision-recall', precision, {
      title: all.length === 1 ? `Precision and recall · average ${formatValue(all[0].averagePrecision)}` : 'Precision and recall',
      x: 'recall',
      y: 'precision',
      // What guessing gives: the share of the class.
      reference: all.length === 1 && rows ? { level: all[0].positives / rows } : undefined,
      width,
    }),
    card(page, 'calibration', calibration, {
      title: 'Calibration',
      x: 'predicted probability',
      y: 'observed share',
      reference: 'diagonal',
      marked: true,
      width,
    }),
  ]
}

interface Row {
  readonly name: string
  readonly point: CurvePoint
  readonly index: number
}

function card(page: Page, id: string, all: readonly Curve[], options: CurvesOptions): PageNode {
  const rows = all.flatMap(({ name, points }) => points.map((point, index): Row => ({ name, point, index })))
  return chartCard(page, {
    id,
    title: options.title,
    width: options.width,
    rows,
    rowKey: ({ name, index }) => `${name}:${index}`,
    columns: [
      ...(all.length > 1 ? [{ id: 'class', title: 'class', value: ({ name }: Row) => name }] : []),
      { id: 'x', title: options.x, numeric: true, value: ({ point }) => point[0], cell: ({ point }) => formatValue(point[0]) },
      { id: 'y', title: options.y, numeric: true, value: ({ point }) => point[1], cell: ({ point }) => formatValue(point[1]) },
    ],
    draw: width => curves(all, { ...options, width }),
  })
}
