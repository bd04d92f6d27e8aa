/** Node kinds of a parsed template, as text/template/parse has them. */
export interface PipeNode {
  kind: 'pipe';
  pos: number;
  assign: boolean;
  declarations: string[];
  commands: CommandNode[];
}

export interface CommandNode {
  kind: 'command';
  pos: number;
  args: ArgumentNode[];
}

export interface FieldNode {
  kind: 'field';
  pos: number;
  names: string[];
}

export interface VariableNode {
  kind: 'variable';
  pos: number;
  /** `$name`, then fields. */
  names: string[];
}

export interface ChainNode {
  kind: 'chain';
  pos: number;
  node: ArgumentNode;
  names: string[];
}

export interface IdentifierNode {
  kind: 'identifier';
  pos: number;
  name: string;
}

export interface NumberNode {
  kind: 'number';
  pos: number;
  text: string;
  isChar: boolean;
  integer?: bigint;
  unsigned?: bigint;
  float?: number;
}

export interface StringNode {
  kind: 'string';
  pos: number;
  quoted: string;
  text: string;
}

export type ArgumentNode =
  | PipeNode
  | FieldNode
  | VariableNode
  | ChainNode
  | IdentifierNode
  | NumberNode
  | StringNode
  | { kind: 'bool'; pos: number; value: boolean }
  | { kind: 'dot'; pos: number }
  | { kind: 'nil'; pos: number };

export interface ListNode {
  kind: 'list';
  pos: number;
  nodes: StatementNode[];
}

export interface BranchNode {
  kind: 'if' | 'with' | 'range';
  pos: number;
  pipe: PipeNode;
  list: ListNode;
  elseList?: ListNode;
}

export interface TemplateNode {
  kind: 'template';
  pos: number;
  name: string;
  pipe?: PipeNode;
}

export type StatementNode =
  | { kind: 'text'; pos: number; text: string }
  | { kind: 'action'; pos: number; pipe: PipeNode }
  | { kind: 'break'; pos: number }
  | { kind: 'continue'; pos: number }
  | BranchNode
  | TemplateNode
  | ListNode;

export type Node = StatementNode | ArgumentNode | CommandNode;

/** A template with a name: the whole text, or what `define` or `block` holds. */
export interface ParsedTemplate {
  name: string;
  /** Name of the text it was parsed from, for locations. */
  source: string;
  text: string;
  root: ListNode;
}

/** Templates that can call each other, by name. */
export type TemplateSet = Map<string, ParsedTemplate>;
