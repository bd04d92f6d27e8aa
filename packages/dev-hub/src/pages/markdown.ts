import MarkdownIt from 'markdown-it';
import { Markup, escapeHtml } from './markup';

/** Where the links and pictures of a text lead that name a file. */
export interface MarkdownLinks {
  /** Prefix of a page that shows a file, with a slash at the end. */
  pages: string;
  /** Prefix of a file's content, with a slash at the end. */
  raw: string;
}

// GitHub lets authors use some HTML. Here only elements without attributes, so that nothing can run or load.
const HARMLESS =
  /&lt;(\/?)(details|summary|br|hr|kbd|sub|sup|ins|del|b|i|em|strong|code)(\s*\/)?&gt;/gi;

function sanitizeHtml(source: string): string {
  const visible = source.replace(/<!--[\s\S]*?(-->|$)/g, '');
  return escapeHtml(visible).replace(
    HARMLESS,
    (_, close, name) => `<${close}${name.toLowerCase()}>`,
  );
}

function isAbsolute(link: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|\/|#)/i.test(link);
}

function createRenderer(): MarkdownIt {
  const markdown = new MarkdownIt({ html: true, linkify: true });
  const { rules } = markdown.renderer;
  rules.html_block = (tokens, index) => sanitizeHtml(tokens[index].content);
  rules.html_inline = rules.html_block;
  rules.link_open = (tokens, index, options, env: MarkdownLinks, self) => {
    const token = tokens[index];
    const target = token.attrGet('href') ?? '';
    if (!isAbsolute(target)) {
      token.attrSet('href', env.pages + target.replace(/^\.\//, ''));
    }
    token.attrSet('rel', 'nofollow noopener noreferrer');
    return self.renderToken(tokens, index, options);
  };
  // Pictures from elsewhere would tell their host who reads: they become links.
  rules.image = (tokens, index, _options, env: MarkdownLinks) => {
    const source = tokens[index].attrGet('src') ?? '';
    const text = escapeHtml(tokens[index].content || source);
    return isAbsolute(source)
      ? `<a href="${escapeHtml(
          source,
        )}" rel="nofollow noopener noreferrer">${text}</a>`
      : `<img src="${escapeHtml(
          env.raw + source.replace(/^\.\//, ''),
        )}" alt="${text}">`;
  };
  // Wide tables scroll by themselves instead of the page.
  rules.table_open = () => '<div class="scroll"><table>';
  rules.table_close = () => '</table></div>';
  markdown.core.ruler.after('inline', 'task-lists', state => {
    state.tokens.forEach((token, index) => {
      const text = token.type === 'inline' ? token.children?.[0] : undefined;
      const match = text && /^\[([ xX])\] /.exec(text.content);
      if (match && state.tokens[index - 2]?.type === 'list_item_open') {
        state.tokens[index - 2].attrJoin('class', 'task');
        text.content = text.content.slice(match[0].length);
        const box = new state.Token('html_checkbox', '', 0);
        box.meta = { checked: match[1] !== ' ' };
        token.children!.unshift(box);
      }
    });
  });
  rules.html_checkbox = (tokens, index) =>
    tokens[index].meta.checked
      ? '<input type="checkbox" aria-label="Done" disabled checked> '
      : '<input type="checkbox" aria-label="Open" disabled> ';
  return markdown;
}

const renderer = createRenderer();

/** GitHub-flavoured Markdown as markup. HTML comments are left out, other HTML is shown as text. */
export function renderMarkdown(source: string, links: MarkdownLinks): Markup {
  return new Markup(renderer.render(source, links));
}
