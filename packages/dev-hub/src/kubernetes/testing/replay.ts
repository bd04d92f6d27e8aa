import { send, type Answer } from './client';
import { differences } from './compare';
import { Masks } from './masks';
import type {
  RecordedExchange,
  RecordedRequest,
  RecordedResponse,
  Recording,
} from './recording';
import { REMOTE_DEVIATIONS } from './remoteDeviations';
import { ADMIN, COLLECTIONS, patchOf } from './requests';
import { NAMESPACES, type Scenario, type Step } from './scenarios';
import { completed, type ReplayTarget } from './target';

/** Headers whose value must be the recorded one. Lengths differ, as managedFields are served of applied objects alone. */
const COMPARED_HEADERS = [
  'content-type',
  'content-encoding',
  'cache-control',
  'location',
  'retry-after',
  'vary',
  'warning',
  'x-content-type-options',
];
/** No server gets there. */
const FUTURE_VERSION = '9000000000000000';

/** How far an answer may be from the recorded time: the embedded hub has a clock of its own, others a machine that is busy. */
const TOLERANCE_SECONDS = { embedded: 0.3, remote: 5 };

const PRESENT_HEADERS = ['audit-id', 'x-kubernetes-pf-flowschema-uid'];

/** How one recorded exchange came out. */
export interface ReplayedExchange {
  title: string;
  /** Why it was not compared. */
  outOfScope?: string;
  differences: string[];
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Makes a continue token out of what the mask says about it. */
function continueByHand(text: string): string {
  const found = /^<continue-made-by-hand: (.*)>$/.exec(text);
  if (!found) return text;
  const version = /version (\S+)/.exec(found[1]);
  const rv = /rv (\d+)/.exec(found[1]);
  const start = /start (\S+)/.exec(found[1]);
  return Buffer.from(
    JSON.stringify({
      v: version ? `meta.k8s.io/${version[1]}` : 'meta.k8s.io/v1',
      rv: rv ? Number(rv[1]) : 1,
      start: `${start ? start[1] : 'app-02'}\u0000`,
    }),
  ).toString('base64url');
}

/** True for a watch that the recorder closed, not the server. */
function staysOpen(response: RecordedResponse): boolean {
  return response.ended?.startsWith('still open') ?? false;
}

class Replay {
  private readonly masks = new Masks();

  constructor(
    private readonly target: ReplayTarget,
    private readonly scenario: Scenario,
    private readonly exchanges: RecordedExchange[],
  ) {}

  async run(): Promise<ReplayedExchange[]> {
    await this.steps(NAMESPACES);
    for (const collection of COLLECTIONS) await this.empty(collection);
    await this.steps(this.scenario.setup ?? []);
    const from = this.scenario.concurrentFrom ?? this.exchanges.length;
    const results: ReplayedExchange[] = [];
    for (let index = 0; index < from; index += 1) {
      await this.steps(this.scenario.before?.[index] ?? []);
      if (this.outOfScope(index)) {
        results.push(this.result(index, []));
        continue;
      }
      results.push(await this.oneAfterAnother(index));
    }
    if (from < this.exchanges.length) {
      results.push(...(await this.allAtOnce(from)));
    }
    return results;
  }

  /** Deletes what another scenario left behind. */
  private async empty(path: string): Promise<void> {
    const request = { method: 'GET', path, headers: ADMIN };
    const answer = await completed(await this.send(request));
    for (const { metadata } of JSON.parse(answer.text()).items) {
      const item = { path: `${path}/${metadata.name}`, headers: ADMIN };
      await completed(await this.send({ ...item, method: 'DELETE' }));
      if (metadata.finalizers) {
        const patch = patchOf(item.path, { metadata: { finalizers: null } });
        await completed(await this.send(patch));
      }
    }
  }

  private async steps(steps: Step[]): Promise<void> {
    for (const step of steps) {
      if ('compact' in step) this.target.compact?.(step.compact);
      else if ('learn' in step) await this.learn(step);
      else await this.write(step);
    }
  }

  private async learn(step: Extract<Step, { learn: string }>): Promise<void> {
    const request = { method: 'GET', path: step.path, headers: ADMIN };
    const answer = await completed(await this.send(request));
    this.masks.learn(
      step.learn,
      JSON.parse(answer.text()).metadata[step.field],
    );
  }

  private async write(request: RecordedRequest): Promise<void> {
    const answer = await completed(await this.send(request));
    const namespaceExists =
      answer.status === 409 && request.path === '/api/v1/namespaces';
    if (answer.status >= 300 && !namespaceExists) {
      throw new Error(
        `${request.method} ${request.path}: ${answer.status} ${answer.text()}`,
      );
    }
  }

  private send(request: RecordedRequest): Promise<Answer> {
    const filled = JSON.parse(this.masks.fill(JSON.stringify(request)));
    const query = Object.fromEntries(
      Object.entries((filled.query ?? {}) as Record<string, string>).map(
        ([name, value]) => [name, continueByHand(value)],
      ),
    );
    // The owners of fields that a client sends back are masked in the recordings.
    if (typeof filled.body?.metadata?.managedFields === 'string') {
      delete filled.body.metadata.managedFields;
    }
    const headers = { ...filled.headers };
    for (const [mask, token] of Object.entries(this.target.tokens)) {
      headers.Authorization = headers.Authorization?.replace(mask, token);
      if (headers.Authorization === 'Bearer ') delete headers.Authorization;
    }
    if (!headers.Authorization) delete headers.Authorization;
    return send(
      this.target.baseUrl,
      { ...filled, query, headers },
      this.target.agent,
    );
  }

  private async oneAfterAnother(index: number): Promise<ReplayedExchange> {
    const { request, response, secondsTaken } = this.exchanges[index];
    const start = this.target.elapsed();
    const limit = staysOpen(response) ? response.openSeconds! : 30;
    const answer = await this.target.waitFor(this.send(request), limit);
    if (!answer) return this.result(index, ['no answer']);
    const complete = await this.target.waitFor(completed(answer), limit);
    const seconds = this.target.elapsed() - start;
    const timing: string[] = [];
    const recordedSeconds = response.openSeconds ?? secondsTaken;
    const place = this.target.isRemote ? 'remote' : 'embedded';
    if (
      recordedSeconds !== undefined &&
      Math.abs(seconds - recordedSeconds) > TOLERANCE_SECONDS[place]
    ) {
      timing.push(`recorded ${recordedSeconds} s, took ${seconds} s`);
    }
    if (!complete) answer.abort();
    return this.result(index, [...timing, ...this.compare(index, answer)]);
  }

  private async allAtOnce(from: number): Promise<ReplayedExchange[]> {
    const open: Array<{ index: number; answer: Answer }> = [];
    for (let index = from; index < this.exchanges.length; index += 1) {
      if (this.outOfScope(index)) continue;
      const answer = await this.send(this.exchanges[index].request);
      open.push({ index, answer });
    }
    let now = 0;
    for (const { atSeconds, request } of this.scenario.timeline ?? []) {
      await this.target.passTime(atSeconds - now);
      now = atSeconds;
      await this.write(request);
    }
    const end = Math.max(
      ...this.exchanges.map(({ response }) => response.openSeconds ?? 0),
    );
    await this.target.passTime(end - now);
    const results: ReplayedExchange[] = [];
    for (const { index, answer } of open) {
      const { response } = this.exchanges[index];
      if (staysOpen(response)) {
        await this.linesOf(answer, response.stream!.length);
        answer.abort();
      } else {
        await answer.closed;
      }
      results.push(this.result(index, this.compare(index, answer)));
    }
    return results;
  }

  /** What was sent last may still be under way. */
  private async linesOf(answer: Answer, count: number): Promise<void> {
    for (let turn = 0; turn < 500 && answer.lines().length < count; turn += 1) {
      await new Promise(resolve => {
        setTimeout(resolve, 2);
      });
    }
  }

  private outOfScope(index: number): string | undefined {
    if (this.target.isRemote) {
      const deviation = REMOTE_DEVIATIONS[this.scenario.name]?.[index];
      if (deviation) return deviation;
      const { headers } = this.exchanges[index].request;
      if (
        !this.target.tokens['<sa-token>'] &&
        headers?.Authorization?.includes('<sa-token>')
      ) {
        return 'no token of the service account viewer is given';
      }
    }
    return this.scenario.outOfScope?.[index];
  }

  private result(index: number, found: string[]): ReplayedExchange {
    const { request, note } = this.exchanges[index];
    const outOfScope = this.outOfScope(index);
    const query = new URLSearchParams(request.query ?? {}).toString();
    return {
      title: `#${index} ${request.method} ${request.path}${
        query && `?${query}`
      } ${note ?? ''}`.trim(),
      outOfScope,
      differences: outOfScope ? [] : found,
    };
  }

  private compare(index: number, answer: Answer): string[] {
    const adapt = this.scenario.adapt?.[index];
    // What is adapted is mostly what the embedded hub leaves out; another server may answer as recorded.
    if (adapt && this.target.isRemote) {
      if (this.compareAdapted(index, answer).length === 0) return [];
    }
    return this.compareAdapted(index, answer, adapt);
  }

  private compareAdapted(
    index: number,
    answer: Answer,
    adapt?: (recorded: RecordedResponse, actual: any) => void,
  ): string[] {
    const recorded: RecordedResponse = structuredClone(
      this.exchanges[index].response,
    );
    const isStream = recorded.stream !== undefined;
    const actual = isStream
      ? answer.lines().map(parseBody)
      : parseBody(answer.text());
    adapt?.(recorded, actual);
    const expected = isStream
      ? recorded.stream!.map(({ line }) =>
          // An answer in plain text is no line of a stream.
          typeof line === 'string' ? line.replace(/\n$/, '') : line,
        )
      : recorded.body ?? '';
    return [
      ...this.compareHead(recorded, answer),
      ...differences(withoutDenied(expected), actual, this.masks),
    ];
  }

  private compareHead(recorded: RecordedResponse, answer: Answer): string[] {
    const found: string[] = [];
    if (recorded.status !== answer.status) {
      found.push(`status: recorded ${recorded.status}, got ${answer.status}`);
    }
    for (const name of COMPARED_HEADERS) {
      const given = answer.headers[name];
      if (recorded.headers[name] !== given) {
        found.push(
          `header ${name}: recorded ${recorded.headers[name]}, got ${given}`,
        );
      }
    }
    for (const name of PRESENT_HEADERS) {
      if (recorded.headers[name] && !answer.headers[name]) {
        found.push(`header ${name} is missing`);
      }
    }
    if (
      recorded.bodyEndsWithNewline !== undefined &&
      recorded.bodyEndsWithNewline !== answer.text().endsWith('\n')
    ) {
      found.push(`body ends with newline: ${recorded.bodyEndsWithNewline}`);
    }
    if (recorded.ended) {
      const ended = recorded.ended.startsWith('server closed');
      if (ended !== answer.ended()) found.push(`stream: ${recorded.ended}`);
    }
    return found;
  }
}

/** The authorizer of the recorded server adds a reason to every 403; RBAC does not. */
function withoutDenied(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(': access denied"', '"'));
}

/** Replays the recording of a scenario against a server and tells what differs. */
export async function replayScenario(
  target: ReplayTarget,
  scenario: Scenario,
  recording: Recording,
): Promise<ReplayedExchange[]> {
  // A hub whose versions begin with the time is ahead of the version that the recorder took for a future one.
  const exchanges = JSON.parse(
    JSON.stringify(recording.exchanges).replaceAll('99999999', FUTURE_VERSION),
  );
  return new Replay(target, scenario, exchanges).run();
}
