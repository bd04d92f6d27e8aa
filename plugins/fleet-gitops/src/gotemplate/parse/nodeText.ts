import { Node } from './nodes';

function fields(names: readonly string[]): string {
  return names.map(name => `.${name}`).join('');
}

/** A node as Go prints it in error messages: normalised source of the action. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${nodeText(node.pipe)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.kind}}}`;
    case 'if':
    case 'with':
    case 'range': {
      const otherwise = node.elseList
        ? `{{else}}${nodeText(node.elseList)}`
        : '';
      return `{{${node.kind} ${nodeText(node.pipe)}}}${nodeText(
        node.list,
      )}${otherwise}{{end}}`;
    }
    case 'template':
      return `{{template ${JSON.stringify(node.name)}${
        node.pipe ? ` ${nodeText(node.pipe)}` : ''
      }}}`;
    case 'list':
      return node.nodes.map(nodeText).join('');
    case 'pipe': {
      const declarations = node.declarations.join(', ');
      const operator = node.assign ? ' = ' : ' := ';
      return (
        (declarations && declarations + operator) +
        node.commands.map(nodeText).join(' | ')
      );
    }
    case 'command':
      return node.args
        .map(arg =>
          arg.kind === 'pipe' ? `(${nodeText(arg)})` : nodeText(arg),
        )
        .join(' ');
    case 'field':
      return fields(node.names);
    case 'variable':
      return node.names.join('.');
    case 'chain':
      return (
        (node.node.kind === 'pipe'
          ? `(${nodeText(node.node)})`
          : nodeText(node.node)) + fields(node.names)
      );
    case 'identifier':
      return node.name;
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
    case 'bool':
      return String(node.value);
    case 'dot':
      return '.';
    default:
      return 'nil';
  }
}
