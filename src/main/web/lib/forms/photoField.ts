import { Errors } from '@bpmn-io/form-js-viewer'
import { h } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { createApp } from 'vue'
import PhotoField from './PhotoField.vue'
import { inWordsOfPage } from './language'
import { i18n } from '@/lib/i18n'

/**
 * The form viewer's file field with photos that are seen: shrunk when they are chosen, kept with the draft, each with
 * its own progress. To the form it is what the viewer's own field is: a name under which the files stand.
 */

interface Registry { setFiles: (name: string, files: File[]) => void, deleteFiles: (name: string) => void }
interface Field { key: string, label?: string, accept?: string, multiple?: boolean, validate?: { required?: boolean } }
interface Props { field: Field, domId: string, errors?: string[], disabled?: boolean, readonly?: boolean,
  onChange: (change: { value: string | null }) => void }

/** @param draft under which the form keeps what is typed */
export function photoFields(draft: string) {
  function PhotoFields(fields: { register: (type: string, field: unknown) => void }, registry: Registry) {
    fields.register('filepicker', field(draft, registry))
  }
  PhotoFields.$inject = ['formFields', 'fileRegistry']
  return { __init__: ['photoFields'], photoFields: ['type', PhotoFields] }
}

function field(draft: string, registry: Registry) {
  function Photos(props: Props) {
    const place = useRef<HTMLDivElement>(null)
    const latest = useRef(props)
    latest.current = props
    const { key, accept, multiple, label = '' } = props.field
    useEffect(() => {
      const name = `files::${key}`
      const app = createApp(PhotoField, { draft, field: key, label: inWordsOfPage(label), accept, most: multiple ? MOST : 1,
        onFiles: (files: File[]) => {
          if (files.length) {
            registry.setFiles(name, files)
          } else {
            registry.deleteFiles(name)
          }
          latest.current.onChange({ value: files.length ? name : null })
        } })
      app.use(i18n).mount(place.current!)
      return () => app.unmount()
    }, [])
    const wrong = (props.errors ?? []).length > 0
    return h('div', { class: `fjs-form-field fjs-form-field-filepicker${wrong ? ' fjs-has-errors' : ''}` },
      h('div', { class: 'fjs-form-field-label' }, label, props.field.validate?.required ? h('span', { 'class': 'fjs-asterix', 'aria-hidden': true }, '*') : null),
      h('div', { ref: place }),
      h(Errors as never, { id: `${props.domId}-error-message`, errors: props.errors ?? [] } as never))
  }
  Photos.config = { type: 'filepicker', keyed: true, label: 'File picker', group: 'basic-input', emptyValue: null,
    create: (options = {}) => ({ ...options }) }
  return Photos
}

/** More than a case needs from one form. */
const MOST = 12
