/** Waits until what was begun has come to rest. */
export const flushPromises = () => new Promise<void>(resolve => setTimeout(resolve, 5))
