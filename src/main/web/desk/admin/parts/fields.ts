import { dateTime } from './times'
import { areaName, categoryName, unitName } from '@/lib/county'
import { i18n, t } from '@/lib/i18n'

/** Names of fields and values as administrators know them; what has no name is shown as it is. */

const known = (key: string) => i18n.global.te(key) ? t(key) : null

export const fieldName = (field: string) => known(`admin.field.${field}`) ?? field

export function valueName(field: string, value: string | null): string {
  if (value === null || value === '') {
    return '–'
  }
  switch (field) {
    case 'unit': return unitName(value)
    case 'area': return areaName(value)
    case 'parent': return unitName(value) !== value ? unitName(value) : areaName(value)
    case 'category': return categoryName(value) || value
    case 'posts': return value.split(' ').map(p => known(`post.${p}`) ?? p).join(', ')
    case 'kind': return known(`admin.kind.${value}`) ?? value
    case 'from':
    case 'until': return /T.*Z$/.test(value) ? dateTime(value) : value
    case 'day': return known(`admin.calendar.kind.${value}`) ?? value
    case 'level': return known(`admin.level.${value}`) ?? value
    case 'active':
    case 'enabled':
    case 'retired':
    case 'direct':
    case 'digest': return t(value === 'true' ? 'case.yes' : 'case.no')
    default: return value
  }
}
