import type { Shape } from '@/lib/api/client'

/** Shapes of reply templates as administrators keep them; null where the API leaves something out. */

export type Template = Omit<Shape<'ReplyTemplate'>, 'titleEn' | 'category' | 'unit'> & { titleEn: string | null, category: string | null, unit: string | null }
export type Field = Shape<'ReplyField'>
export type Placeholder = Shape<'ReplyTemplate.Placeholder'>
export interface Kept { items: Template[], fields: Field[], placeholders: Placeholder[] }
