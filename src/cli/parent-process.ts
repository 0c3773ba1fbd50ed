import type { RunEvent } from '../run/events.ts'

/** The process that started this one with a channel, such as the editor: hears every event and can ask to stop. */
export interface ParentProcess {
  send(event: RunEvent): void
  /** Lets this process end. */
  leave(): void
}

/** Undefined when nobody listens. */
export function parentProcess({ onStop }: { readonly onStop: () => void }): ParentProcess | undefined {
  if (!process.send) return undefined
  const listen = (message: unknown) => {
    if ((message as { type?: unknown } | null)?.type === 'stop') onStop()
  }
  process.on('message', listen)
  return {
    send(event) {
      // A parent that went away does not end the run: its folder is the truth.
      if (process.connected) process.send?.({ type: 'event', event }, undefined, undefined, () => {})
    },
    leave() {
      process.off('message', listen)
      if (process.connected) process.disconnect()
    },
  }
}
