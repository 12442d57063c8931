import type { Attachment, Entry, FormField } from '../api/shapes'
import './words'
import { day, moment } from '../clock'
import { areaName, categoryName, formOf, unitName } from '../county'
import { inWordsOfPage } from '../forms/language'
import { english, t } from '../i18n'

/** An entry's answers as people read them: labels of the form that asked, names in place of codes. */

const SPOT = 'spot'

export interface Line { key: string, label: string, text: string, photos: string[] }

export function linesOf(entry: Entry, process: string, attachments: Attachment[]): Line[] {
  if (entry.kind === 'fact') {
    return factOf(entry, attachments)
  }
  const fields = flat(formOf(process, entry.key)?.components ?? [])
  const known = new Set(attachments.map(a => a.id))
  return Object.entries(spotted(entry.answers ?? {}))
    .sort(([a], [b]) => place(fields, a) - place(fields, b))
    .map(([key, value]) => {
      const field = fields.find(f => f.key === key)
      const asked = field?.label ?? field?.dateLabel ?? field?.timeLabel
      const label = asked ? inWordsOfPage(asked as string) : key === SPOT ? t('dossier.place.coordinates') : key === 'note' ? t('case.note') : ''
      return Array.isArray(value) && value.length > 0 && value.every(v => known.has(String(v)))
        ? { key, label, text: '', photos: value.map(String) } : { key, label, text: value === entry.official ? entry.officialName ?? '' : said(field, value), photos: [] }
    })
    .filter(line => line.text !== '' || line.photos.length > 0)
}

/** Facts hold codes and sums for machines as well; people are told the file, the unit and the reason. */
function factOf(entry: Entry, attachments: Attachment[]): Line[] {
  const { id, unit, why, whyEn, note } = (entry.answers ?? {}) as Record<string, string | undefined>
  const text = (key: string, said: string | undefined) => said ? [{ key, label: '', text: said, photos: [] }] : []
  return id && attachments.some(a => a.id === id) ? [{ key: 'id', label: '', text: '', photos: [id] }]
    : [...text('unit', unit && unitName(unit)), ...text('why', (english.value && whyEn) || why), ...text('note', note)]
}

const REASONS = ['reason', 'explanation', 'missing', 'refusalText', 'note']

/** Why somebody asked or decided, in one line; empty where the form did not ask. */
export function reasonOf(entry: Entry, process: string): string {
  const lines = linesOf(entry, process, [])
  return REASONS.map(key => lines.find(l => l.key === key)?.text ?? '').filter(Boolean).join(t('case.and'))
}

/** Longitude and latitude are one place. */
function spotted(answers: Record<string, unknown>): Record<string, unknown> {
  const { lng, lat, ...rest } = answers
  return typeof lng === 'number' && typeof lat === 'number' ? { ...rest, [SPOT]: `${lat.toFixed(5)}, ${lng.toFixed(5)}` } : answers
}

const place = (fields: FormField[], key: string) => {
  const at = fields.findIndex(f => f.key === key)
  return at < 0 ? fields.length : at
}

function flat(fields: FormField[]): FormField[] {
  return fields.flatMap(f => [f, ...flat(f.components ?? [])])
}

function said(field: FormField | undefined, value: unknown): string {
  if (value === null || value === undefined) {
    return ''
  }
  if (Array.isArray(value)) {
    return value.map(v => said(field, v)).filter(Boolean).join(t('case.and'))
  }
  if (typeof value === 'boolean') {
    return t(value ? 'case.yes' : 'case.no')
  }
  if (typeof value === 'object') {
    return ''
  }
  const text = String(value)
  const option = field?.values?.find(v => v.value === text)
  if (option) {
    return inWordsOfPage(option.label)
  }
  switch (field?.valuesKey) {
    case 'units': case 'departments': return unitName(text)
    case 'areas': return areaName(text)
    case 'categories': return categoryName(text)
  }
  if (/^\d{4}-\d\d-\d\dT/.test(text)) {
    return moment(text)
  }
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    return day(text)
  }
  // a list of units named by an action that no form asked
  return unitName(text) === text ? text : unitName(text)
}
