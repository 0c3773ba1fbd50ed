import { expect, test } from 'vitest'
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  Hover,
  InlayHint,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver'
import type { Answer, Question } from '../../../src/server/requests.ts'
import { uriOfPath } from '../../../src/server/uris.ts'
import { conf } from '../language/marked-project.ts'
import { titanic } from '../language/titanic-project.ts'
import { editor } from './editor.ts'

const lr = '/project/conf/models/lr.yaml'
const document = { textDocument: { uri: uriOfPath(lr) } }
const wrong = 'type:\n  _target_: main.LogisticRegression\n  random_sate: 1\n'

test('a file that is opened gets its problems, and loses them when they are mended', async () => {
  const { open, notify, diagnostics, close } = await editor(conf(titanic).files)
  open(lr, wrong)
  const [problem] = await diagnostics(lr, found => found.length > 0)
  expect(problem).toMatchObject({
    source: 'fitwright',
    severity: 1,
    range: { start: { line: 2, character: 2 }, end: { line: 2, character: 13 } },
  })
  const contentChanges = [{ range: { start: { line: 2, character: 10 }, end: { line: 2, character: 10 } }, text: 't' }]
  notify('textDocument/didChange', { textDocument: { uri: uriOfPath(lr), version: 2 }, contentChanges })
  expect(await diagnostics(lr, found => found.length === 0)).toEqual([])
  await close()
})

test('files that are not open have problems too', async () => {
  const { diagnostics, close } = await editor(conf({ ...titanic, 'models/lr.yaml': wrong }).files)
  expect(await diagnostics(lr, found => found.length > 0)).toHaveLength(1)
  await close()
})

test('a change of one file moves the problems of another', async () => {
  const rf = '/project/conf/models/rf.yaml'
  const { open, diagnostics, close } = await editor(conf({ ...titanic, 'models/rf.yaml': 'max_depth: ${depth}\n' }).files)
  await diagnostics(rf, found => found.length > 0)
  open('/project/conf/config.yaml', 'target: Survived\ndepth: 3\n')
  expect(await diagnostics(rf, found => found.length === 0)).toEqual([])
  await close()
})

test('a problem’s fix is offered as a code action', async () => {
  const { open, request, diagnostics, close } = await editor(conf(titanic).files)
  open(lr, wrong)
  const found = await diagnostics(lr, problems => problems.length > 0)
  const [action] = await request<CodeAction[]>('textDocument/codeAction', {
    ...document,
    range: found[0].range,
    context: { diagnostics: found },
  })
  expect(action).toMatchObject({ kind: 'quickfix', edit: { changes: { [uriOfPath(lr)]: [{ newText: 'random_state' }] } } })
  await close()
})

test('completion, hover, definition, lenses and hints answer with the protocol’s shapes', async () => {
  const { open, request, close, errors } = await editor(conf({ ...titanic, 'config.yaml': 'target: Survived\ndepth: 3\n' }).files)
  open(lr, 'type:\n  _target_: main.LogisticRegression\n  max_iter: ${depth}\n  \n')
  const completions = await request<CompletionList>('textDocument/completion', { ...document, position: { line: 3, character: 2 } })
  expect(completions.items.find(({ label }) => label === 'C')).toMatchObject({ kind: 10, textEdit: { newText: 'C: ' } })
  const hover = await request<Hover>('textDocument/hover', { ...document, position: { line: 2, character: 4 } })
  expect(hover.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('max_iter') })
  const [place] = await request<Location[]>('textDocument/definition', { ...document, position: { line: 2, character: 16 } })
  expect(place).toMatchObject({ uri: uriOfPath('/project/conf/config.yaml'), range: { start: { line: 1 } } })
  const lenses = await request<CodeLens[]>('textDocument/codeLens', document)
  expect(lenses.map(({ command }) => command)).toMatchObject([
    { command: 'fitwright.run.withConfig', arguments: [uriOfPath(lr)] },
    { command: 'fitwright.config.preview', arguments: [uriOfPath(lr)] },
  ])
  const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } }
  expect(await request<InlayHint[]>('textDocument/inlayHint', { ...document, range })).toMatchObject([
    { label: '= 3', position: { line: 2 } },
  ])
  expect(errors).toEqual([])
  await close()
})

test('settings switch lenses and hints off', async () => {
  const { open, request, diagnostics, close } = await editor(conf(titanic).files, { codeLens: false })
  open(lr, wrong)
  await diagnostics(lr, found => found.length > 0)
  expect(await request('textDocument/codeLens', document)).toEqual([])
  await close()
})

test('the extension’s own requests are answered', async () => {
  const { request, close, roots } = await editor(conf(titanic).files)
  const ask = <Method extends Parameters<typeof methodOf>[0]>(method: Method, params: Question<Method>) =>
    request<Answer<Method>>(method, params)
  const choice = { configPath: '/project/conf', configName: 'config', overrides: ['+models=rf'] }
  expect(await ask('fitwright/confRoots', null)).toEqual([{ path: '/project/conf', project: '/project', primaries: ['config'] }])
  expect(await ask('fitwright/runChoices', { uri: uriOfPath(lr) })).toMatchObject({ overrides: ['+models=lr'] })
  expect(await ask('fitwright/runChoices', { uri: 'file:///elsewhere/x.yaml' })).toBeNull()
  expect(await ask('fitwright/checkOverrides', choice)).toEqual({ problems: [], study: false })
  expect((await ask('fitwright/completeOverride', { ...choice, text: '+preprocess=', character: 12 })).map(({ label }) => label)).toEqual([
    'complex',
    'simple',
  ])
  expect(await ask('fitwright/composedPreview', { ...choice, configPath: uriOfPath('/project/conf') })).toMatchObject({
    title: 'config.yaml (composed: models=rf)',
  })
  expect(roots).toHaveLength(1)
  await close()
})

test('nonsense is answered with nothing, not with an error', async () => {
  const { request, open, close } = await editor(conf(titanic).files)
  open('/project/conf/x.yaml', '\t{[}\u0000: &a *b\n  - ? !!x |\n')
  const params = { textDocument: { uri: uriOfPath('/project/conf/x.yaml') }, position: { line: 99, character: 99 } }
  for (const method of ['completion', 'hover', 'definition', 'references', 'codeLens', 'documentSymbol', 'documentLink']) {
    await expect(request(`textDocument/${method}`, { ...params, context: {} })).resolves.toBeDefined()
  }
  await expect(request('fitwright/checkOverrides', { configPath: 3 })).resolves.toEqual({ problems: [], study: false })
  await expect(
    request('textDocument/hover', { textDocument: { uri: 'untitled:Untitled-1' }, position: { line: 0, character: 0 } }),
  ).resolves.toBeNull()
  await close()
})

test('a file that appears is known once the client tells of it', async () => {
  const sources = new Map(
    Object.entries({ ...titanic }).map(([name, text]) => [name.startsWith('/') ? `/project${name}` : `/project/conf/${name}`, text]),
  )
  const files = {
    read: (path: string) => (sources.has(path) ? { path, text: sources.get(path)! } : undefined),
    list: (folder: string) =>
      conf(Object.fromEntries([...sources].map(([path, text]) => [path.slice('/project'.length), text]))).files.list(folder),
  }
  const { request, notify, close } = await editor(files)
  sources.set('/project/conf/models/svm.yaml', 'name: SVM\n')
  notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOfPath('/project/conf/models/svm.yaml'), type: 1 }] })
  const choices = await request<Answer<'fitwright/runChoices'>>('fitwright/runChoices', { uri: uriOfPath('/project/conf/config.yaml') })
  expect(choices?.groups[0].options.map(({ option }) => option)).toContain('svm')
  await close()
})

declare function methodOf(
  method:
    | 'fitwright/confRoots'
    | 'fitwright/runChoices'
    | 'fitwright/checkOverrides'
    | 'fitwright/completeOverride'
    | 'fitwright/composedPreview',
): void

test('rename, renamed files, symbols and tokens answer with the protocol’s shapes', async () => {
  const config = '/project/conf/config.yaml'
  const { open, request, close, errors } = await editor(
    conf({ ...titanic, 'config.yaml': 'defaults:\n  - models: lr\n  - _self_\ndepth: 3\nd2: ${depth}\n' }).files,
  )
  open(config, 'defaults:\n  - models: lr\n  - _self_\ndepth: 3\nd2: ${depth}\n')
  const at = { textDocument: { uri: uriOfPath(config) }, position: { line: 3, character: 2 } }
  expect(await request('textDocument/prepareRename', at)).toMatchObject({ placeholder: 'depth' })
  const renamed = await request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'deep' })
  expect(renamed.changes![uriOfPath(config)].map(({ newText }) => newText)).toEqual(['deep', 'deep'])
  const files = [{ oldUri: uriOfPath(lr), newUri: uriOfPath(lr.replace('lr.yaml', 'logistic.yaml')) }]
  expect((await request<WorkspaceEdit>('workspace/willRenameFiles', { files })).changes).toMatchObject({
    [uriOfPath(config)]: [{ newText: 'logistic' }],
  })
  const [symbol] = await request<SymbolInformation[]>('workspace/symbol', { query: 'models/lr' })
  expect(symbol).toMatchObject({ name: 'models/lr', location: { uri: uriOfPath(lr) } })
  const { data } = await request<{ data: number[] }>('textDocument/semanticTokens/full', { textDocument: { uri: uriOfPath(config) } })
  expect(data.slice(0, 5)).toEqual([0, 0, 8, 0, 0])
  expect(errors).toEqual([])
  await close()
})
