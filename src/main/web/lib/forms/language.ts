import type { FormField, FormSchema } from '../api/shapes'
import { english } from '../i18n'
import formsInEnglish from './english'

/** Forms are written in Chinese; these give them, and the viewer around them, the language of the page. */

/** The text of a shipped form in English; a form of the county's own stays as it was written. */
export function inWordsOfPage(text: string): string {
  return english.value ? formsInEnglish[text] ?? text : text
}

export function inLanguage(schema: FormSchema): FormSchema {
  return english.value ? { ...schema, components: schema.components.map(translated) } : schema
}

function translated(field: FormField): FormField {
  const text = (value: string | undefined) => value === undefined ? {} : inWordsOfPage(value)
  return {
    ...field,
    ...(field.label === undefined ? {} : { label: text(field.label) as string }),
    ...(field.description === undefined ? {} : { description: text(field.description) as string }),
    ...(field.text === undefined ? {} : { text: text(field.text) as string }),
    ...(typeof field.dateLabel === 'string' ? { dateLabel: text(field.dateLabel) } : {}),
    ...(typeof field.timeLabel === 'string' ? { timeLabel: text(field.timeLabel) } : {}),
    ...(field.values ? { values: field.values.map(v => ({ ...v, label: inWordsOfPage(v.label) })) } : {}),
    ...(field.appearance ? {
      appearance: Object.fromEntries(Object.entries(field.appearance).map(([k, v]) => [k, inWordsOfPage(v)])),
    } : {}),
    ...(Array.isArray(field.columns) ? {
      columns: (field.columns as { label: string }[]).map(c => ({ ...c, label: inWordsOfPage(c.label) })),
    } : {}),
    ...(field.components ? { components: field.components.map(translated) } : {}),
  }
}

/** What the viewer itself says, in Chinese; its own words are English. */
const VIEWER: Record<string, string> = {
  'Browse': '选择文件',
  'Select': '请选择',
  'Search': '输入文字查找',
  'No files selected': '未选择文件',
  '{value} files selected': '已选 {value} 个文件',
  'No results': '没有符合的选项',
  'All values selected': '已全部选择',
  'Remove tag': '移除',
  'Skip to search': '跳到查找',
  'Nothing to show.': '没有内容。',
  'No content to show.': '没有内容。',
  '{page} of {total}': '第 {page} 页，共 {total} 页',
  'Previous page': '上一页',
  'Next page': '下一页',
  'Click to sort by {value} descending': '按{value}降序排列',
  'Click to sort by {value} ascending': '按{value}升序排列',
  'Click to remove sorting': '取消排序',
  'Increment': '增加',
  'Decrement': '减少',
  'Add new': '增加一项',
  'Expand all ({value})': '全部展开（{value}）',
  'Collapse': '收起',
  'Date and time must both be entered.': '日期和时间都要填写。',
  'Value is not a number.': '请填写数字。',
  'Value is expected to be an integer.': '请填写整数。',
  'Value is expected to have at most 1 decimal digit.': '最多 1 位小数。',
  'Value is expected to have at most {value} decimal digits.': '最多 {value} 位小数。',
  'Field is required.': '必填。',
  'Field must match pattern {value}.': '格式不符合要求。',
  'Field must have minimum value of {value}.': '不能小于 {value}。',
  'Field must have maximum value of {value}.': '不能大于 {value}。',
  'Field must have minimum length of {value}.': '至少填写 {value} 个字。',
  'Field must have maximum length of {value}.': '最多填写 {value} 个字。',
  'Field must be a valid email.': '请填写正确的邮箱。',
}

export function viewerWords(template: string, replacements: Record<string, string> = {}): string {
  const text = english.value ? template : VIEWER[template] ?? template
  return text.replace(/{([^}]+)}/g, (_, key: string) => replacements[key] ?? `{${key}}`)
}
