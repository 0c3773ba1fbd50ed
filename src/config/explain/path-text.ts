/** `models.type.C`, `list.0`; keys that hold dots or brackets stand in brackets: `task[env.x]`. What `selectNode` and `resolveTree` take. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.map((step, i) => (/^[^.[\]]+$/.test(String(step)) ? `${i ? '.' : ''}${step}` : `[${step}]`)).join('')
