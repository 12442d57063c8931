import { computed, ref, watch } from 'vue'
import { createI18n } from 'vue-i18n'
import en from './words/en'
import zh from './words/zh-CN'
import { remembered } from './remembered'

export type Locale = 'zh-CN' | 'en'

/** Chinese first; English for those whose browser asks for it and not for Chinese, and for those who choose it. */
export const locale = remembered<Locale>('language', firstWish())

export const i18n = createI18n({
  legacy: false,
  locale: locale.value,
  fallbackLocale: 'zh-CN',
  // copies: what pages add must not get among the shared words
  messages: { 'zh-CN': { ...zh }, en: { ...en } },
  missingWarn: false,
  fallbackWarn: false,
})

export const t = i18n.global.t
export const english = computed(() => locale.value === 'en')

/** Words of pages that not everybody opens come with those pages: each such folder has a words.ts that calls this. */
export function learn(words: Words) {
  i18n.global.mergeLocaleMessage('zh-CN', words.zh)
  i18n.global.mergeLocaleMessage('en', words.en)
  return words
}

export interface Words { zh: Record<string, object>, en: Record<string, object> }

/** The language one may switch to, in its own word. */
export const otherLanguage = computed<{ code: Locale, name: string }>(
  () => english.value ? { code: 'zh-CN', name: '中文' } : { code: 'en', name: 'English' })

export function switchLanguage() {
  locale.value = otherLanguage.value.code
}

const title = ref<string>('')

watch(locale, wish => {
  i18n.global.locale.value = wish
  document.documentElement.lang = wish
}, { immediate: true })
watch([locale, title], () => {
  document.title = [title.value, t('product')].filter(Boolean).join(' · ')
})

/** What the window's title says before the product's name. */
export function titled(words: string) {
  title.value = words
  document.title = [words, t('product')].filter(Boolean).join(' · ')
}

/** Of a pair as the API gives it, the one for this page. */
export function named(pair: { name: string, nameEn?: string | null }): string {
  return english.value && pair.nameEn ? pair.nameEn : pair.name
}

function firstWish(): Locale {
  const asked = navigator.languages?.find(l => /^(zh|en)\b/i.test(l)) ?? 'zh'
  return asked.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}
