import { authorsOf, historyChanges, parseHistory } from './history';

const values = (tag: string) =>
  `# the version\nimage:\n  tag: "${tag}" # keep\n`;

const HISTORY = `
commits:
  - message: Begin
    author: Ada <ada@example.org>
    daysAgo: 2
    set: { shop/values.yaml: { image.tag: "1.0.0" } }
  - message: Release 1.1.0
    author: Bob <bob@example.org>
    hoursAgo: 3
    settled: true
    set: { shop/values.yaml: { image.tag: "1.1.0" } }
`;

describe('history', () => {
  it('makes each commit from the final files and the values set so far', () => {
    const files = new Map([
      ['shop/values.yaml', values('1.1.0')],
      ['README.md', 'Shop\n'],
    ]);
    const changes = historyChanges(files, parseHistory(HISTORY));
    expect(changes.map(change => [...change])).toEqual([
      [
        ['shop/values.yaml', values('1.0.0')],
        ['README.md', 'Shop\n'],
      ],
      [['shop/values.yaml', values('1.1.0')]],
    ]);
  });

  it('ends with the files as they are, also where the history says otherwise', () => {
    const files = new Map([['shop/values.yaml', values('1.2.0')]]);
    const changes = historyChanges(files, parseHistory(HISTORY));
    expect(changes[1].get('shop/values.yaml')).toBe(values('1.2.0'));
  });

  it.each([
    ['commits: [{message: a, daysAgo: 1}]', 'commits[0].author'],
    ['commits: [{author: "A <a@b>"}]', 'commits[0].message'],
    [
      'commits: [{message: a, author: "A <a@b>", daysAgo: 1}, {message: b, author: "A <a@b>", daysAgo: 2}]',
      'commits[1] is older',
    ],
  ])('refuses %s', (text, sentence) => {
    expect(() => parseHistory(text)).toThrow(sentence);
  });

  it('names the file and key that there is none of', () => {
    const commits = parseHistory(HISTORY);
    expect(() => historyChanges(new Map(), commits)).toThrow(
      'there is no file shop/values.yaml',
    );
    expect(() =>
      historyChanges(new Map([['shop/values.yaml', 'a: 1\n']]), commits),
    ).toThrow('shop/values.yaml has no value at image.tag');
  });

  it('knows who wrote it, each once', () => {
    const commits = parseHistory(HISTORY);
    expect(authorsOf([...commits, commits[0]])).toEqual([
      { login: 'ada', name: 'Ada', email: 'ada@example.org' },
      { login: 'bob', name: 'Bob', email: 'bob@example.org' },
    ]);
  });
});
