import type { Shape } from '@/lib/api/client'
import type { FormField, FormSchema } from '@/lib/api/shapes'

/** Reply templates at a form: where each goes, how it joins what is typed, and what is left to be filled in by hand. */

export type Offered = Omit<Shape<'ReplyTemplates.Offered'>, 'titleEn'> & { titleEn: string | null }

/** What a template leaves open, and what the case did not say: 〔date〕; but 〔2022〕, as numbers of documents have it, is none. */
export const BLANK = /〔(?!\s*\d+\s*〕)[^〔〕\n]{1,40}〕/g

/** A field that templates may fill; `way`: the answer that shows it where another answer hides it, and what that one is called. */
export interface Place { field: FormField, way: { key: string, value: string, label: string } | null }

/** The long texts of a form that the reporter reads, in its order; those that cannot be brought to light are left out. */
export function places(schema: FormSchema, answers: Record<string, unknown>): Place[] {
  return schema.components.filter(f => f.type === 'textarea' && f.key && f.properties?.public === 'true').flatMap((field): Place[] => {
    const hide = (field.conditional as { hide?: string } | undefined)?.hide
    const [, key, value] = /^=\s*(\w+)\s*!=\s*"([^"]*)"\s*$/.exec(hide ?? '') ?? []
    const asked = schema.components.find(f => f.key === key)
    const choice = asked?.values?.find(v => v.value === value)
    return !hide || key && answers[key] === value ? [{ field, way: null }]
      : choice ? [{ field, way: { key, value, label: choice.label } }] : []
  })
}

/** What was typed stays, the template comes below it. */
export const joined = (typed: string, text: string) => typed.trim() ? `${typed.trimEnd()}\n${text}` : text

export interface Blank { key: string, from: number, to: number }

/** What is still to be filled in, in the order of the form. */
export const blanks = (of: Place[], answers: Record<string, unknown>): Blank[] => of.flatMap(({ field, way }) => way ? []
  : [...String(answers[field.key!] ?? '').matchAll(BLANK)].map(b => ({ key: field.key!, from: b.index, to: b.index + b[0].length })))
