import type { Shape } from '@/lib/api/client'

/** Shapes of the duty list; null where the API leaves something out. */

export type DutyRow = Omit<Shape<'DutyList.Row'>, 'note' | 'unitName' | 'categoryName' | 'areaName'> & {
  note: string | null, unitName: string | null, categoryName: string | null, areaName: string | null
}
export type Version = Omit<Shape<'DutyListVersion'>, 'plannedFor' | 'validFrom' | 'validUntil' | 'publishedBy'> & {
  plannedFor: string | null, validFrom: string | null, validUntil: string | null, publishedBy: string | null
}
