import { call } from '../api/client'
import type { FieldProblem } from '../api/client'
import type { Form, FormField, WorkItem } from '../api/shapes'

/** Several items of one stage done by one form, the same answers for each. */

export const MOST_TOGETHER = 200

export interface Result { id: string, status: number, detail: string | null, errors: FieldProblem[] | null }

/** Items of one stage of one case type ask the same. */
export const sameStage = (items: WorkItem[]) => items.length > 0 && items.length <= MOST_TOGETHER
  && items.every(i => i.task === items[0].task && i.case.process === items[0].case.process)

/** Of more, what they have in common is not looked up: that would take a call for each. */
const LOOKED_AT = 20

/**
 * The form for all of them: filled in is only what is the same for each, and no files are asked for, because those belong
 * to one case. Null where the form cannot do without files.
 */
export async function formFor(items: WorkItem[]): Promise<Form | null> {
  const few = items.length <= LOOKED_AT
  const forms = await Promise.all(items.slice(0, few ? LOOKED_AT : 2).map(async i =>
    await call('get', '/api/work-items/{id}/form', { path: { id: i.id } }) as unknown as Form))
  const { schema, data } = forms[0]
  const fields = all(schema.components)
  if (fields.some(f => f.type === 'filepicker' && (f.validate as { required?: boolean } | undefined)?.required)) {
    return null
  }
  const asked = new Set(fields.map(f => f.key))
  const shared = Object.entries(data).filter(([key, value]) => (few || !asked.has(key))
    && forms.every(f => JSON.stringify(f.data[key]) === JSON.stringify(value)))
  return { schema: { ...schema, components: withoutFiles(schema.components) }, data: Object.fromEntries(shared) }
}

export async function completeTogether(items: WorkItem[], answers: Record<string, unknown>): Promise<Result[]> {
  const given = Object.fromEntries(Object.entries(answers)
    .filter(([, v]) => v !== null && v !== undefined && v !== '' && !(Array.isArray(v) && v.length === 0)))
  const done = await call('post', '/api/work-items/complete', { body: { ids: items.map(i => i.id), answers: given as never } })
  return done.results as unknown as Result[]
}

function all(fields: FormField[]): FormField[] {
  return fields.flatMap(f => [f, ...all(f.components ?? [])])
}

function withoutFiles(fields: FormField[]): FormField[] {
  return fields.filter(f => f.type !== 'filepicker')
    .map(f => f.components ? { ...f, components: withoutFiles(f.components) } : f)
}
