/** `GET /join`: what people see who open an invitation in their browser. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

const STYLE = `
:root { color-scheme: light dark; font: 17px/1.6 system-ui, sans-serif; }
body { max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.3; }
li { margin: 0.5rem 0; }
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Join a team in Satchel</title>
<style>${STYLE}</style>
</head>
<body>
<h1>You are invited to a team in Satchel</h1>
<ol>
<li>Copy the whole address of this page from your browser’s address bar. It is your invitation.</li>
<li>Open Satchel on your computer.</li>
<li>Choose <strong>Join a team</strong> and paste the address.</li>
</ol>
<p>The invitation is for your team only: share it with nobody else.</p>
</body>
</html>
`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function joinPage(app: FastifyInstance): void {
  app.get('/join', (_request, reply) => {
    void reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', POLICY)
      .send(PAGE);
  });
}
