import { remembered } from '@/lib/remembered'
import type { Alert } from '@/lib/api/shapes'

/** What a supervisor hears when a light turns on: off until switched on, remembered on this device. Made here, no file. */

export const sound = remembered('board.sound', false)

let context: AudioContext | null = null

/** Two falling tones for what is late, one for what is about to be. */
export function ring(level: Alert['level']) {
  // before anybody touched the page the browser plays nothing, and says so in the console
  if (!sound.value || !navigator.userActivation?.hasBeenActive || !('AudioContext' in window)) {
    return
  }
  context ??= new AudioContext()
  void context.resume()
  if (level === 'warn') {
    tone(660, 0)
  } else {
    tone(880, 0)
    tone(587, 0.22)
  }
}

function tone(pitch: number, after: number) {
  const at = context!.currentTime + after
  const voice = context!.createOscillator()
  const loudness = context!.createGain()
  voice.frequency.value = pitch
  loudness.gain.setValueAtTime(0, at)
  loudness.gain.linearRampToValueAtTime(0.25, at + 0.02)
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.35)
  voice.connect(loudness).connect(context!.destination)
  voice.start(at)
  voice.stop(at + 0.4)
}
