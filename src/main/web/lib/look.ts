import { ref, watch } from 'vue'
import { remembered } from './remembered'

/** How pages look for this person: light or dark, ordinary or large type. Both follow the device until chosen. */

export type Shade = 'auto' | 'light' | 'dark'
export type TypeSize = 'ordinary' | 'large'

export const shade = remembered<Shade>('shade', 'auto')
export const typeSize = remembered<TypeSize>('type-size', 'ordinary')

/** A wall of screens is dark, whoever put it up. */
export const wall = ref(false)

const darkDevice = window.matchMedia?.('(prefers-color-scheme: dark)')

const DESK = 'closedloop.desk'

export const onPhone = () => window.matchMedia('(max-width: 600px) and (pointer: coarse)').matches

/** In this window the desk stays the desk, on a phone too: not every page is in the pocket. */
export const wishDesk = () => sessionStorage.setItem(DESK, 'yes')
export const deskWished = () => sessionStorage.getItem(DESK) !== null

function apply() {
  const dark = wall.value || shade.value === 'dark' || (shade.value === 'auto' && Boolean(darkDevice?.matches))
  document.documentElement.classList.toggle('dark', dark)
  // Vant looks for a class of its own
  document.documentElement.classList.toggle('van-theme-dark', dark)
  document.documentElement.dataset.type = wall.value ? 'wall' : typeSize.value
}

watch([shade, typeSize, wall], apply, { immediate: true })
darkDevice?.addEventListener?.('change', apply)
