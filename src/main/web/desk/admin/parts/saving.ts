import { ElMessage } from 'element-plus'
import { reactive, ref } from 'vue'
import { Problem } from '@/lib/api/client'
import { inWords } from '@/lib/worklist/acts'

/** One form being sent: whether it is under way, and what the server found, by field and as a whole. */
export function useSaving(fields: string[]) {
  const busy = ref(false)
  const trouble = ref('')
  const wrong = reactive<Record<string, string>>({})

  /** @returns whether it was done */
  async function save(work: () => Promise<void>): Promise<boolean> {
    if (busy.value) {
      return false
    }
    busy.value = true
    trouble.value = ''
    Object.keys(wrong).forEach(k => delete wrong[k])
    try {
      await work()
      return true
    } catch (e) {
      const found = e instanceof Problem ? e.errors.filter(f => fields.includes(f.field)) : []
      found.forEach(f => (wrong[f.field] = f.message))
      // what belongs to no field that is shown stands above the form
      if (!found.length) {
        trouble.value = inWords(e)
      }
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, trouble, wrong, save }
}

/** Does one small thing and says how it went. */
export async function act(work: () => Promise<unknown>, said: string): Promise<boolean> {
  try {
    await work()
    ElMessage.success({ message: said, grouping: true })
    return true
  } catch (e) {
    ElMessage.error({ message: inWords(e), grouping: true, showClose: true, duration: 8000 })
    return false
  }
}
