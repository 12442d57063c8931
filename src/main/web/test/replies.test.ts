import { describe, expect, it } from 'vitest'
import type { FormSchema } from '@/lib/api/shapes'
import { blanks, joined, places } from '@/lib/replies/replies'

const form: FormSchema = {
  id: 'accept',
  components: [
    { type: 'radio', key: 'accepted', values: [{ label: '受理', value: 'accept' }, { label: '不予受理', value: 'refuse' }] },
    { type: 'textarea', key: 'why', properties: { public: 'true' }, conditional: { hide: '=accepted != "refuse"' } },
    { type: 'textarea', key: 'far', properties: { public: 'true' }, conditional: { hide: '=amount > 3' } },
    { type: 'textarea', key: 'note' },
    { type: 'textfield', key: 'contact', properties: { public: 'true' } },
    { type: 'textarea', key: 'text', properties: { public: 'true' } },
  ],
}

describe('reply templates', () => {
  it('go into long texts that the reporter reads, hidden ones too where one answer shows them', () => {
    expect(places(form, {}).map(p => [p.field.key, p.way])).toEqual(
      [['why', { key: 'accepted', value: 'refuse', label: '不予受理' }], ['text', null]])
    expect(places(form, { accepted: 'refuse' }).map(p => p.way)).toEqual([null, null])
  })

  it('come below what was typed', () => {
    expect(joined(' \n', '已修复。')).toBe('已修复。')
    expect(joined('您好。\n', '已修复。')).toBe('您好。\n已修复。')
  })

  it('leave blanks, which numbers of documents are not', () => {
    const at = places(form, {})
    expect(blanks(at, { text: '青夏街〔2022〕22号，已于〔日期〕修复。', why: '〔原因〕', note: '〔无〕' })).toEqual([{ key: 'text', from: 15, to: 19 }])
  })
})
