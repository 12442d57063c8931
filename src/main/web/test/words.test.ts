import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import formsInEnglish from '@/lib/forms/english'
import type { Words } from '@/lib/i18n'
import sharedEn from '@/lib/words/en'
import sharedZh from '@/lib/words/zh-CN'

const own = Object.values(import.meta.glob<{ default: Words }>('../{desk,pocket,lib}/*/words.ts', { eager: true })).map(m => m.default)
const zh: object = Object.assign({}, sharedZh, ...own.map(w => w.zh))
const en: object = Object.assign({}, sharedEn, ...own.map(w => w.en))

const WEB = join(__dirname, '..')
const FORMS = join(WEB, '../../../forms')

function keys(words: object, before = ''): string[] {
  return Object.entries(words).flatMap(([k, v]) => typeof v === 'string' ? [before + k] : keys(v as object, `${before}${k}.`))
}

function files(folder: string, end: RegExp): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return name === 'node_modules' || name === 'words' ? [] : statSync(path).isDirectory() ? files(path, end)
      : end.test(name) ? [path] : []
  })
}

const source = ['desk', 'pocket', 'lib'].flatMap(f => files(join(WEB, f), /\.(ts|vue)$/))
  .filter(f => !/schema\.d\.ts$|words\.ts$/.test(f)).map(f => readFileSync(f, 'utf8')).join('\n')
/** Whole keys, and beginnings of keys that go on with a value: t(`light.${…}`). */
const used = new Set([...source.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/gi)].map(m => m[1]))
const begun = new Set([...source.matchAll(/\bt\([^)]*?`([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/gi)].map(m => m[1]))
const called = new Set([...source.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)].map(m => m[1]))

describe('words', () => {
  it('of a part of the pages stand under a name of their own', () => {
    const names = [sharedZh, ...own.map(w => w.zh)].flatMap(w => Object.keys(w))
    expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([])
  })

  it('are the same in both languages', () => {
    expect(keys(en).sort()).toEqual(keys(zh).sort())
  })

  it('take the same values in both languages', () => {
    const at = (words: object, key: string) => key.split('.').reduce((w, k) => (w as Record<string, object>)[k], words) as unknown as string
    const values = (text: string) => [...new Set(text.match(/{\w+}/g) ?? [])].sort()
    for (const key of keys(zh)) {
      expect(values(at(en, key)), key).toEqual(values(at(zh, key)))
    }
  })

  it('are all used', () => {
    const unused = keys(zh).filter(k => !used.has(k) && !called.has(k) && ![...begun].some(b => k.startsWith(b)))
    expect(unused).toEqual([])
  })

  it('are all there', () => {
    const known = new Set(keys(zh))
    expect([...called].filter(k => !known.has(k))).toEqual([])
    expect([...begun].filter(b => ![...known].some(k => k.startsWith(b)))).toEqual([])
  })

  it('of the reporters’ page are all used', () => {
    const text = files(join(WEB, 'report'), /\.vue$/).map(f => readFileSync(f, 'utf8')).join()
      + readFileSync(join(WEB, 'report/words.ts'), 'utf8').split('export type Word')[1]
    const own = [...readFileSync(join(WEB, 'report/words.ts'), 'utf8').split('const en')[0]!.matchAll(/^ {2}(\w+): '/gm)].map(m => m[1]!)
    expect(own.length).toBeGreaterThan(40)
    expect(own.filter(w => !text.includes(`'${w}'`))).toEqual([])
  })

  it('stand nowhere else: no page has Chinese in it', () => {
    const pages = ['desk', 'pocket', 'report', 'lib'].flatMap(f => files(join(WEB, f), /\.vue$/))
    for (const page of pages) {
      const text = readFileSync(page, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|'中文'/g, '')
      expect(text.match(/[\u4e00-\u9fff]+/)?.[0], page).toBeUndefined()
    }
  })
})

describe('texts of the shipped forms', () => {
  const texts = new Map<string, string>()
  const note = (text: unknown, file: string) => typeof text === 'string' && /[\u4e00-\u9fff]/.test(text) && texts.set(text, file)
  interface Field { label?: string, description?: string, text?: string, dateLabel?: string, timeLabel?: string,
    values?: { label: string }[], columns?: { label: string }[], appearance?: object, components?: Field[] }
  const walk = (fields: Field[], file: string): void => fields.forEach(f => {
    [f.label, f.description, f.text, f.dateLabel, f.timeLabel, ...(f.values ?? []).map(v => v.label),
      ...(Array.isArray(f.columns) ? f.columns.map(c => c.label) : []), ...Object.values(f.appearance ?? {})].forEach(x => note(x, file))
    walk(f.components ?? [], file)
  })
  files(FORMS, /\.form$/).forEach(f => walk((JSON.parse(readFileSync(f, 'utf8')) as { components: Field[] }).components, f))

  it('all have English words', () => {
    expect([...texts].filter(([text]) => !(text in formsInEnglish)).map(([text, file]) => `${file}: ${text}`)).toEqual([])
  })

  it('show the same values in English', () => {
    for (const [zh, words] of Object.entries(formsInEnglish)) {
      expect(words.match(/{{.*?}}/g) ?? [], zh).toEqual(zh.match(/{{.*?}}/g) ?? [])
    }
  })

  it('have no English words without a form', () => {
    expect(Object.keys(formsInEnglish).filter(t => /[\u4e00-\u9fff]/.test(t) && !texts.has(t))).toEqual([])
  })
})
