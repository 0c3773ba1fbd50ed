import { commands, l10n, Uri, window, workspace } from 'vscode'

/** Copies the bundled example to where the reader wants it, and opens it. */
export async function createExample(extensionUri: Uri): Promise<void> {
  const [parent] =
    (await window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: l10n.t('Create Example Here'),
      title: l10n.t('Folder for the example project'),
    })) ?? []
  if (!parent) return
  const target = Uri.joinPath(parent, 'fitwright-titanic')
  try {
    await workspace.fs.copy(Uri.joinPath(extensionUri, 'examples', 'titanic'), target, { overwrite: false })
  } catch {
    void window.showErrorMessage(l10n.t('{0} exists already, or the folder cannot be written.', target.fsPath))
    return
  }
  await commands.executeCommand('vscode.openFolder', target, { forceNewWindow: Boolean(workspace.workspaceFolders?.length) })
}
