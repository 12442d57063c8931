import { ref } from 'vue'
import { forgetDraft } from './drafts'
import { forgetPhotos, photoOf } from './formPhotos'
import type { FieldProblem } from '@/lib/api/client'
import { call, newKey, NoAnswer, Problem } from '@/lib/api/client'
import type { FormField, FormSchema } from '@/lib/api/shapes'
import { t } from '@/lib/i18n'
import { passing } from '@/lib/outbox/outbox'
import { inWords } from '@/lib/worklist/acts'

/**
 * Sending a filled form: first its files, each once whatever happens to the line, then the answers under a key by which
 * the server knows a repetition. What could not be sent stays typed.
 */
export function useSending(draft: () => string) {
  const busy = ref(false)
  const progress = ref('')
  const trouble = ref('')
  /** Somebody else finished it, or it is gone: sending again is no use. */
  const over = ref(false)
  const uploaded = new Map<File, string>()
  let sent: { key: string, body: string } | null = null

  async function send<A>(number: string, schema: FormSchema, answers: Record<string, unknown>,
    files: Map<string, File[]>, post: (answers: Record<string, unknown>, key: string) => Promise<A>,
    refuse: (errors: FieldProblem[]) => void): Promise<A | null> {
    busy.value = true
    trouble.value = ''
    try {
      const whole = cleaned(await withFiles(number, schema, answers, files))
      const body = JSON.stringify(whole)
      if (sent?.body !== body) {
        sent = { key: newKey(), body }
      }
      const answer = await post(whole, sent.key)
      forgetDraft(draft())
      void forgetPhotos(draft())
      return answer
    } catch (e) {
      if (e instanceof Problem && e.status === 422) {
        refuse(e.errors)
      }
      over.value = e instanceof Problem && (e.status === 409 || e.status === 404)
      trouble.value = e instanceof NoAnswer ? t('form.notSent') : inWords(e)
      return null
    } finally {
      busy.value = false
      progress.value = ''
    }
  }

  async function withFiles(number: string, schema: FormSchema, answers: Record<string, unknown>, files: Map<string, File[]>) {
    const whole = { ...answers }
    const fields = filepickers(schema.components)
    const all = fields.flatMap(f => files.get(String(answers[f.key!])) ?? [])
    let done = 0
    for (const field of fields) {
      const ids: string[] = []
      for (const file of files.get(String(answers[field.key!])) ?? []) {
        progress.value = t('form.uploading', { n: ++done, all: all.length })
        ids.push(uploaded.get(file) ?? await upload(number, file, field.properties?.kind ?? 'document'))
      }
      whole[field.key!] = ids
    }
    return whole
  }

  async function upload(number: string, file: File, kind: string): Promise<string> {
    const owned = photoOf(file)
    if (owned?.photo.id) {
      return owned.photo.id
    }
    const form = new FormData()
    form.set('file', file)
    form.set('kind', kind)
    const photo = owned?.photo ?? null
    try {
      if (photo) {
        photo.state = 'sending'
        photo.progress = 0
      }
      const stored = await call('post', '/api/cases/{number}/attachments', { path: { number }, body: form, key: photo?.key ?? newKey(),
        ...(photo ? { progress: (share: number) => {
          photo.progress = share
        } } : {}) })
      uploaded.set(file, stored.id)
      if (photo) {
        photo.id = stored.id
        photo.state = 'sent'
        await owned!.keep()
      }
      return stored.id
    } catch (e) {
      if (photo) {
        photo.state = passing(e) ? 'failed' : 'refused'
        photo.why = inWords(e)
      }
      throw e
    }
  }

  return { busy, progress, trouble, over, send }
}

function filepickers(fields: FormField[]): FormField[] {
  return fields.flatMap(f => f.type === 'filepicker' && f.key ? [f] : filepickers(f.components ?? []))
}

/** A field left empty is no answer. */
function cleaned(answers: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(answers)
    .filter(([, v]) => v !== null && v !== undefined && v !== '' && !(Array.isArray(v) && v.length === 0)))
}
