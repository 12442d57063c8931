import { computed, type ComputedRef } from 'vue'
import type { PhotoWords } from './said'
import './words'
import { t } from '@/lib/i18n'

/** What photos are asked for with, on pages with vue-i18n. */
export function usePhotoWords(label: () => string): ComputedRef<PhotoWords> {
  return computed(() => ({
    label: label(), add: t('photo.add'), remove: n => t('photo.remove', { n }), retry: t('photo.retry'), preparing: t('photo.preparing'),
    sending: n => t('photo.sending', { n }), sent: t('photo.sent'), failed: t('photo.failed'), tooMany: n => t('photo.tooMany', { n }),
    fault: { 'empty': t('photo.empty'), 'no-photo': t('photo.noPhoto'), 'too-big': t('photo.tooBig') },
  }))
}
