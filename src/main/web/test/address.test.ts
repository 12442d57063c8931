import { flushPromises } from './settle'
import { describe, expect, it } from 'vitest'
import { createApp, defineComponent, h, nextTick, type Ref } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { useInAddress } from '@/lib/list/address'
import { filterOf, queryOf, type Filter } from '@/lib/worklist/filter'

async function page(at: string) {
  let filter!: Ref<Filter>
  const Page = defineComponent({
    setup() {
      filter = useInAddress('work', filterOf, queryOf)
      return () => h('p')
    },
  })
  const router = createRouter({ history: createMemoryHistory(), routes: [
    { path: '/work', name: 'work', component: Page }, { path: '/cases', component: { render: () => h('p') } }] })
  await router.push(at)
  createApp({ render: () => h(RouterView) }).use(router).mount(document.createElement('div'))
  await nextTick()
  return { router, filter, settled: flushPromises }
}

describe('a filter in the address', () => {
  it('follows back and forward, one choice a step', async () => {
    const { router, filter, settled } = await page('/work')
    filter.value = { ...filter.value, light: 'red' }
    await settled()
    filter.value = { ...filter.value, scope: 'mine' }
    await settled()
    expect(router.currentRoute.value.fullPath).toBe('/work?scope=mine&light=red')
    router.back()
    await settled()
    expect([filter.value.scope, filter.value.light]).toEqual(['unit', 'red'])
    router.back()
    await settled()
    expect(filter.value.light).toBe('')
    router.forward()
    await settled()
    expect(filter.value.light).toBe('red')
  })

  it('takes a search typed on as one step', async () => {
    const { router, filter, settled } = await page('/work')
    for (const q of ['井', '井盖', '井盖 东街']) {
      filter.value = { ...filter.value, q }
      await settled()
    }
    router.back()
    await settled()
    expect(filter.value.q).toBe('')
  })

  it('calls nobody back who has left', async () => {
    const { router, filter, settled } = await page('/work')
    await router.push('/cases')
    filter.value = { ...filter.value, q: 'late' }
    await settled()
    expect(router.currentRoute.value.fullPath).toBe('/cases')
  })
})
