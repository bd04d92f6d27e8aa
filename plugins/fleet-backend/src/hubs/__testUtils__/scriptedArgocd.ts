import { readFileSync } from 'fs';
import path from 'path';
import { gunzipSync } from 'zlib';
import type { KubernetesObject } from '@backstage-fleet/plugin-fleet-common';
import type { HubResponse, HubTransport } from '../transport';
import { answer, ScriptedWatch } from './scriptedHub';

/** Answers as a running Argo CD gave them. */
export const recorded = JSON.parse(
  gunzipSync(
    readFileSync(path.join(__dirname, '../testdata/argocd-api.json.gz')),
  ).toString('utf8'),
);

/** The API of an Argo CD with the recorded answers and a stream that a test writes to. */
export class ScriptedArgocd implements HubTransport {
  readonly requests: string[] = [];
  readonly streams: ScriptedWatch[] = [];
  applications: KubernetesObject[] = recorded.stream.map(
    ({ result }: any) => result.application,
  );
  applicationSets: KubernetesObject[] = recorded.applicationsets.items;
  /** What the stream of ApplicationSets is answered with, where there is one at all. */
  readonly setStreams: ScriptedWatch[] = [];
  streamsSets = false;
  fault: ((path: string) => HubResponse | Error | undefined) | undefined;

  async get(pathAndQuery: string, signal: AbortSignal, headers: any = {}) {
    this.requests.push(pathAndQuery);
    const url = new URL(pathAndQuery, 'http://argocd');
    const fault = this.fault?.(url.pathname);
    if (fault instanceof Error) throw fault;
    if (fault) return fault;
    switch (url.pathname) {
      case '/api/v1/stream/applications': {
        // Only in this form are there signs of life.
        if (headers.accept !== 'text/event-stream') return answer(406, '');
        const stream = new ScriptedWatch(url.searchParams, signal);
        this.streams.push(stream);
        for (const application of this.applications) {
          sendApplication(stream, 'ADDED', application);
        }
        return { status: 200, body: stream.body() };
      }
      case '/api/v1/stream/applicationsets': {
        // As a version without it answers.
        if (!this.streamsSets) return answer(404, 'Not Found\n');
        const stream = new ScriptedWatch(url.searchParams, signal);
        this.setStreams.push(stream);
        for (const set of this.applicationSets)
          sendApplicationSet(stream, 'ADDED', set);
        return { status: 200, body: stream.body() };
      }
      case '/api/v1/applicationsets':
        return answer(200, { items: this.applicationSets });
      case '/api/v1/applications':
        return answer(200, {
          items: this.applications.map(({ metadata }) => ({
            metadata: { name: metadata.name, namespace: metadata.namespace },
          })),
        });
      default:
        return answer(200, recorded[url.pathname.slice('/api/v1/'.length)]);
    }
  }

  async close() {}
}

/** An event of an Application. */
export function sendApplication(
  stream: ScriptedWatch,
  type: string,
  application: unknown,
) {
  send(stream, { type, application });
}

/** An event of an ApplicationSet. */
export function sendApplicationSet(
  stream: ScriptedWatch,
  type: string,
  applicationSet: unknown,
) {
  send(stream, { type, applicationSet });
}

function send(stream: ScriptedWatch, result: object) {
  stream.text(`data: ${JSON.stringify({ result })} \n\n\n`);
}
