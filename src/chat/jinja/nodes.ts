/* The tree that the parser of `@huggingface/jinja` makes of a template, as far as templates are run from it. */

export type Node =
  | { type: 'Program'; body: Node[] }
  | { type: 'If'; test: Node; body: Node[]; alternate: Node[] }
  | For
  | { type: 'Break' | 'Continue' | 'Comment' }
  | { type: 'Set'; assignee: Node; value: Node | null; body: Node[] }
  | Macro
  | CallStatement
  | { type: 'FilterStatement'; filter: Filter; body: Node[] }
  | Identifier
  | { type: 'IntegerLiteral' | 'FloatLiteral'; value: number }
  | { type: 'StringLiteral'; value: string }
  | { type: 'ArrayLiteral' | 'TupleLiteral'; value: Node[] }
  | { type: 'ObjectLiteral'; value: Map<Node, Node> }
  | Call
  | Member
  | { type: 'UnaryExpression'; operator: { value: string }; argument: Node }
  | { type: 'BinaryExpression'; operator: { value: string }; left: Node; right: Node }
  | { type: 'FilterExpression'; operand: Node; filter: Filter }
  | { type: 'TestExpression'; operand: Node; negate: boolean; test: Identifier }
  | { type: 'SelectExpression'; lhs: Node; test: Node }
  | { type: 'Ternary'; condition: Node; trueExpr: Node; falseExpr: Node }
  | Slice
  | { type: 'KeywordArgumentExpression'; key: Identifier; value: Node }
  | { type: 'SpreadExpression' | 'KeywordSpreadExpression'; argument: Node };

export interface Identifier {
  type: 'Identifier';
  value: string;
}

export interface Call {
  type: 'CallExpression';
  callee: Node;
  args: Node[];
}

export interface Member {
  type: 'MemberExpression';
  object: Node;
  property: Node;
  /** By brackets, not by a dot. */
  computed: boolean;
}

export interface Slice {
  type: 'SliceExpression';
  start: Node | undefined;
  stop: Node | undefined;
  step: Node | undefined;
}

export type Filter = Identifier | Call;

export interface For {
  type: 'For';
  loopvar: Node;
  iterable: Node;
  body: Node[];
  defaultBlock: Node[];
}

export interface Macro {
  type: 'Macro';
  name: Identifier;
  args: Node[];
  body: Node[];
}

export interface CallStatement {
  type: 'CallStatement';
  call: Call;
  callerArgs: Node[] | null;
  body: Node[];
}
