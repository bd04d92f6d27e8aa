import { renderMarkdown } from './markdown';

const render = (source: string) =>
  renderMarkdown(source, {
    pages: '/acme/x/blob/main/',
    raw: '/acme/x/raw/main/',
  }).toString();

describe('renderMarkdown', () => {
  it.each([
    [
      'an HTML comment',
      'a\n\n<!-- hidden\nlines -->\n\nb',
      '<p>a</p>\n\n<p>b</p>\n',
    ],
    ['an inline comment', 'a <!-- hidden --> b', '<p>a  b</p>\n'],
    ['a comment without end', 'a\n\n<!-- hidden', '<p>a</p>\n'],
    [
      'a script',
      '<script>alert(1)</script>',
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    ],
    [
      'an event handler',
      'x <b onclick="y">z</b>',
      '<p>x &lt;b onclick=&quot;y&quot;&gt;z</b></p>\n',
    ],
    [
      'harmless elements',
      '<details>\n<summary>More</summary>\n\ntext\n\n</details>',
      '<details>\n<summary>More</summary>\n<p>text</p>\n</details>',
    ],
    [
      'a script link',
      '[x](javascript:alert(1))',
      '<p>[x](javascript:alert(1))</p>\n',
    ],
    [
      'a link to a file',
      '[x](docs/a.md)',
      '<p><a href="/acme/x/blob/main/docs/a.md" rel="nofollow noopener noreferrer">x</a></p>\n',
    ],
    [
      'a picture from elsewhere',
      '![logo](https://evil.example/"x.png)',
      '<p><a href="https://evil.example/%22x.png" rel="nofollow noopener noreferrer">logo</a></p>\n',
    ],
    [
      'a picture of the repository',
      '![logo](docs/a.png)',
      '<p><img src="/acme/x/raw/main/docs/a.png" alt="logo"></p>\n',
    ],
    [
      'a table',
      '|a|\n|-|\n|~~b~~|',
      '<div class="scroll"><table><thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><s>b</s></td>\n</tr>\n</tbody>\n</table></div>',
    ],
    [
      'tasks',
      '- [x] done\n- [ ] open',
      '<ul>\n<li class="task"><input type="checkbox" aria-label="Done" disabled checked> done</li>\n<li class="task"><input type="checkbox" aria-label="Open" disabled> open</li>\n</ul>\n',
    ],
  ])('renders %s', (_, source, expected) => {
    expect(render(source)).toBe(expected);
  });
});
