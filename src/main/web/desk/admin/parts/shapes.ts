import type { Shape } from '@/lib/api/client'

/** Shapes of the API that only administration uses; null where the API leaves something out. */

export type Change = Omit<Shape<'Change'>, 'from' | 'to'> & { from: string | null, to: string | null }
export type Changed = Omit<Shape<'Changed'>, 'changes'> & { changes: Change[] }
export type ActLine = Omit<Shape<'Audit.Line'>, 'changes' | 'byName'> & { changes: Change[], byName: string | null }
export type Person = Omit<Shape<'Person'>, 'phone'> & { phone: string | null }
export type UnitLine = Omit<Shape<'Organisation.UnitLine'>, 'parent' | 'area'> & { parent: string | null, area: string | null }

/** What an import did, or would do. */
export interface Imported { created: number, changed: number, unchanged: number, removed?: number, changes: Changed[] }

export const POSTS = ['dispatcher', 'handler', 'verifier', 'duty-leader', 'county-leader', 'supervisor', 'designer', 'administrator'] as const
export const KINDS = ['command-centre', 'department', 'township', 'village', 'grid', 'enforcement-team'] as const
export const LEVELS = ['county', 'township', 'village', 'grid'] as const
