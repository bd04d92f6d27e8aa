import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';

const STYLE = `
:root{color-scheme:light dark;--line:#d9dee4;--muted:#5d6875}
@media(prefers-color-scheme:dark){:root{--line:#3a4048;--muted:#9aa5b1}}
body{font:14px/1.5 system-ui,sans-serif;max-width:1100px;margin:24px auto;padding:0 20px}
h1{font-size:20px}h2{font-size:15px;margin-top:28px}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
th,dt,.muted{color:var(--muted);font-weight:500}
dl{display:grid;grid-template-columns:160px 1fr;gap:4px 12px}dd{margin:0}
code{font-size:13px}`;

function escape(text: unknown): string {
  return String(text ?? '').replace(
    /[&<>"']/g,
    character => `&#${character.charCodeAt(0)};`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(
    title,
  )}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}

function table(head: string[], rows: unknown[][]): string {
  const cells = (tag: string, row: unknown[]) =>
    `<tr>${row.map(cell => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', head)}</thead><tbody>${rows
    .map(row => cells('td', row))
    .join('')}</tbody></table>`;
}

/** The list of Applications; with `missing`, a note that there is no such one. */
export function applicationsPage(
  items: readonly KubernetesObject[],
  missing?: string,
): string {
  const note = missing
    ? `<p>There is no Application <code>${escape(
        missing,
      )}</code>. <a href="/applications">All Applications</a></p>`
    : '';
  const rows = items.map(({ metadata, status }) => [
    `<a href="/applications/${escape(metadata.namespace)}/${escape(
      metadata.name,
    )}">${escape(metadata.name)}</a>`,
    escape(status?.sync?.status || '–'),
    escape(status?.health?.status ?? '–'),
    `<code>${escape(status?.sync?.revision?.slice(0, 7))}</code>`,
  ]);
  return page(
    'Applications',
    `<h1>Applications</h1>${note}${
      missing ? '' : table(['Name', 'Sync', 'Health', 'Revision'], rows)
    }`,
  );
}

export function applicationPage(application: KubernetesObject): string {
  const { metadata, spec, status = {} } = application;
  const facts: Array<[string, unknown]> = [
    ['Project', spec?.project],
    ['Sync', status.sync?.status],
    [
      'Health',
      [status.health?.status, status.health?.message]
        .filter(Boolean)
        .join(' · '),
    ],
    [
      'Destination',
      `${spec?.destination?.name ?? spec?.destination?.server} / ${
        spec?.destination?.namespace
      }`,
    ],
    ['Source', `${spec?.source?.repoURL} ${spec?.source?.path}`],
    ['Revision', status.sync?.revision],
    ['Images', (status.summary?.images ?? []).join(', ')],
    [
      'Last operation',
      [status.operationState?.phase, status.operationState?.message]
        .filter(Boolean)
        .join(' · '),
    ],
  ];
  const conditions: any[] = status.conditions ?? [];
  return page(
    metadata.name,
    `<p><a href="/applications">Applications</a></p><h1>${escape(
      metadata.name,
    )}</h1><dl>${facts
      .filter(([, value]) => value)
      .map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`)
      .join('')}</dl>${
      conditions.length > 0
        ? `<h2>Conditions</h2>${table(
            ['Type', 'Message'],
            conditions.map(({ type, message }) => [
              escape(type),
              escape(message),
            ]),
          )}`
        : ''
    }<h2>Resources</h2>${table(
      ['Kind', 'Name', 'Sync'],
      (status.resources ?? []).map((resource: any) => [
        escape(resource.kind),
        escape(resource.name),
        escape(resource.status),
      ]),
    )}<h2>History</h2>${table(
      ['Deployed', 'Revision', 'By'],
      [...(status.history ?? [])]
        .reverse()
        .map((entry: any) => [
          escape(entry.deployedAt),
          `<code>${escape(entry.revision?.slice(0, 7))}</code>`,
          escape(entry.initiatedBy?.username ?? 'automated'),
        ]),
    )}`,
  );
}
