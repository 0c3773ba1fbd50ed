import { randomBytes } from 'node:crypto'
import { Uri, type Webview } from 'vscode'

/** The panel's page: no inline script or style, nothing from elsewhere. */
export function panelPage(webview: Webview, extensionUri: Uri): string {
  const nonce = randomBytes(16).toString('base64url')
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name))
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `img-src ${webview.cspSource} data:`,
    `font-src ${webview.cspSource}`,
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('panel.css')}">
<title>Fitwright</title>
</head>
<body>
<div id="root"></div>
<div id="status" role="status" aria-live="polite"></div>
<script nonce="${nonce}" src="${file('panel.js')}"></script>
</body>
</html>`
}
