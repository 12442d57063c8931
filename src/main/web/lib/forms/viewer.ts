import { Form } from '@bpmn-io/form-js-viewer'
import 'flatpickr/dist/flatpickr.css'
import '@bpmn-io/form-js-viewer/dist/assets/form-js-base.css'
import flatpickr from 'flatpickr'
import { Mandarin } from 'flatpickr/dist/l10n/zh.js'
import english from 'flatpickr/dist/l10n/default.js'
import { photoFields } from './photoField'
import './viewer.css'
import { locale } from '@/lib/i18n'

/** The form viewer with the page's words and photos; loaded when the first form is opened. */
export function makeViewer(container: HTMLElement, draft: string, words: (template: string, with_?: Record<string, string>) => string) {
  flatpickr.localize(locale.value === 'en' ? english : Mandarin)
  return new Form({
    container,
    // without this, what was typed is lost when a file is chosen right after
    debounce: false,
    additionalModules: [{ translate: ['value', words] }, photoFields(draft)],
  } as ConstructorParameters<typeof Form>[0])
}
