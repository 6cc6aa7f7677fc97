// Takes the types out of a file and leaves everything else where it is: blanks stand in for what is
// taken out, so that lines and columns of errors are those that the author sees.
(function (native, lib) {
  'use strict';

  const { ts } = lib;
  const { SyntaxKind: Kind } = ts;

  const blanks = (text) => text.replace(/[^\r\n\u2028\u2029]/g, ' ');
  const hasLineBreak = (text) => /[\r\n\u2028\u2029]/.test(text);

  class Stripper {
    constructor(file) {
      this.file = file;
      this.text = file.text;
      this.edits = [];
      this.problems = [];
      // Names that are used as values, by which it is known which imports are of types only.
      this.used = new Set();
      this.types = new Set();
      this.later = [];
    }

    start(node) {
      return node.getStart(this.file);
    }

    // The position of the next token from there.
    token(from) {
      return ts.skipTrivia(this.text, from);
    }

    has(node, kind) {
      return node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
    }

    replace(start, end, by) {
      if (end > start || by !== '') this.edits.push({ start, end, by });
    }

    blank(start, end) {
      this.replace(start, end, blanks(this.text.slice(start, end)));
    }

    // A statement or a member of a class; a semicolon keeps its neighbours apart.
    erase(node) {
      const start = this.start(node);
      this.replace(start, node.end, `;${blanks(this.text.slice(start + 1, node.end))}`);
    }

    refuse(node, message) {
      this.problems.push({ start: this.start(node), message });
    }

    // `<…>` around a list of types.
    angles(list) {
      if (list) this.blank(list.pos - 1, this.token(list.end) + 1);
    }

    // What follows a name: `?`, `!` and its type.
    annotation(node) {
      const last = node.type ?? node.exclamationToken ?? node.questionToken;
      if (last) this.blank(node.name.end, last.end);
    }

    modifiers(node, kinds) {
      const gone = (node.modifiers ?? []).filter((modifier) => kinds.includes(modifier.kind));
      for (const modifier of gone) this.blank(this.start(modifier), modifier.end);
      const next = gone.length > 0 ? this.token(gone.at(-1).end) : -1;
      // What comes before may have ended at the modifier only.
      if (ts.isClassElement(node) && '[*'.includes(this.text[next] ?? ' ')) {
        const first = this.edits.at(-gone.length);
        first.by = `;${first.by.slice(1)}`;
      }
    }

    children(node) {
      ts.forEachChild(node, (child) => this.visit(child));
    }

    each(...nodes) {
      for (const node of nodes.flat()) if (node) this.visit(node);
    }

    visit(node) {
      if (node.modifiers?.some(ts.isDecorator)) {
        this.refuse(node, 'decorators are not supported');
      } else if (ts.isTypeNode(node) && node.kind !== Kind.ExpressionWithTypeArguments) {
        this.blank(this.start(node), node.end);
      } else if (ts.isStatement(node) && this.has(node, Kind.DeclareKeyword)) {
        this.declared(node);
      } else {
        (HANDLERS[node.kind] ?? this.children).call(this, node);
      }
    }

    declared(node) {
      this.erase(node);
    }

    functionLike(node) {
      if (!node.body) {
        this.erase(node);
        return;
      }
      this.modifiers(node, MEMBER_MODIFIERS);
      if (ts.isClassElement(node) || ts.isObjectLiteralElement(node)) {
        if (node.name) this.name(node.name);
        if (node.questionToken) this.blank(this.start(node.questionToken), node.questionToken.end);
      }
      this.angles(node.typeParameters);
      node.parameters.forEach((parameter, i) => this.parameter(parameter, node.parameters[i + 1]));
      if (node.type) this.returnType(node);
      this.visit(node.body);
      if (node.kind === Kind.Constructor) this.properties(node);
    }

    parameter(node, next) {
      if (node.name.kind === Kind.Identifier && node.name.text === 'this') {
        this.blank(this.start(node), next ? this.start(next) : this.token(node.end) + (this.text[this.token(node.end)] === ',' ? 1 : 0));
        return;
      }
      if (node.modifiers?.some(ts.isDecorator)) this.refuse(node, 'decorators are not supported');
      this.modifiers(node, MEMBER_MODIFIERS);
      this.pattern(node.name);
      this.annotation(node);
      this.each(node.initializer);
    }

    // Names that are declared are not used by that, but patterns have defaults.
    pattern(node) {
      if (node.kind !== Kind.Identifier) this.visit(node);
    }

    name(node) {
      if (node.kind === Kind.ComputedPropertyName) this.visit(node.expression);
    }

    returnType(node) {
      const close = this.token(node.parameters.end);
      const text = this.text.slice(close + 1, node.type.end);
      if (node.kind === Kind.ArrowFunction && hasLineBreak(text)) {
        // No line may end before an arrow: the parenthesis moves to where the type ended.
        this.replace(close, node.type.end, ` ${blanks(text.slice(0, -1))})`);
      } else {
        this.blank(close + 1, node.type.end);
      }
    }

    // Parameters of a constructor that are properties, too.
    properties(node) {
      const names = node.parameters.filter((parameter) => parameter.modifiers?.length > 0).map((parameter) => parameter.name.text);
      if (names.length === 0) return;
      const isSuper = (statement) => statement.kind === Kind.ExpressionStatement
        && statement.expression.kind === Kind.CallExpression && statement.expression.expression.kind === Kind.SuperKeyword;
      const after = node.body.statements.find(isSuper)?.end ?? this.start(node.body) + 1;
      this.replace(after, after, `${node.body.statements.some(isSuper) ? ';' : ''}${names.map((name) => ` this.${name} = ${name};`).join('')}`);
    }

    classLike(node) {
      this.modifiers(node, [Kind.AbstractKeyword]);
      this.angles(node.typeParameters);
      for (const clause of node.heritageClauses ?? []) {
        if (clause.token === Kind.ImplementsKeyword) this.blank(this.start(clause), clause.end);
        else this.each(...clause.types);
      }
      this.each(...node.members);
    }

    property(node) {
      if (this.has(node, Kind.AbstractKeyword) || this.has(node, Kind.DeclareKeyword)) {
        this.erase(node);
        return;
      }
      this.modifiers(node, MEMBER_MODIFIERS);
      this.name(node.name);
      this.annotation(node);
      this.each(node.initializer);
    }

    variable(node) {
      this.pattern(node.name);
      this.annotation(node);
      this.each(node.initializer);
    }

    // `x as T`, `x satisfies T`: a semicolon where the type ended the statement.
    conversion(node) {
      this.visit(node.expression);
      const { end } = node.expression;
      let outer = node;
      while (outer.parent && !ts.isStatement(outer) && !ts.isClassElement(outer) && outer.parent.end === node.end) outer = outer.parent;
      const isLast = (ts.isStatement(outer) || ts.isClassElement(outer)) && outer.end === node.end;
      const gap = blanks(this.text.slice(end, node.end));
      this.replace(end, node.end, isLast ? `;${gap.slice(1)}` : gap);
    }

    assertion(node) {
      const [from, to] = [this.start(node), this.start(node.expression)];
      // An object must not become the body of an arrow function.
      const isBody = node.parent.kind === Kind.ArrowFunction && node.parent.body === node;
      this.replace(from, to, isBody ? `(${blanks(this.text.slice(from + 1, to))}` : blanks(this.text.slice(from, to)));
      this.visit(node.expression);
      if (isBody) this.replace(node.end, node.end, ')');
    }

    call(node) {
      this.each(node.expression ?? node.tag);
      this.angles(node.typeArguments);
      this.each(node.template, node.arguments ?? []);
    }

    // The text that declares an enumeration, on the lines where it stands.
    enumeration(node) {
      for (const member of node.members) this.each(member.initializer);
      const constant = node.modifiers?.find((modifier) => modifier.kind === Kind.ConstKeyword);
      const start = constant ? this.start(constant) : this.keyword(node);
      const source = this.text.slice(this.keyword(node), node.end);
      const options = { target: ts.ScriptTarget.ESNext, removeComments: true };
      const made = ts.transpileModule(source, { compilerOptions: options }).outputText.trim().replace(/\s*[\r\n]+\s*/g, ' ');
      this.replace(start, node.end, made + this.text.slice(start, node.end).replace(/[^\r\n]/g, ''));
    }

    keyword(node) {
      return this.token(node.modifiers ? node.modifiers.end : node.pos);
    }

    namespace(node) {
      if (ts.getModuleInstanceState(node) === ts.ModuleInstanceState.NonInstantiated) this.erase(node);
      else this.refuse(node, 'namespaces with values in them are not supported: use modules');
    }

    type(node) {
      this.types.add(node.name.text);
      this.erase(node);
    }

    // Members of `{ a, b }` that go, each with its comma.
    elements(list, isGone) {
      list.forEach((element, i) => {
        if (!isGone(element)) return;
        const next = list[i + 1];
        const comma = this.token(element.end);
        this.blank(this.start(element), next ? this.start(next) : this.text[comma] === ',' ? comma + 1 : element.end);
      });
    }

    // Imports whose names are not used as values are gone, as the compiler does it.
    import(node) {
      const clause = node.importClause;
      if (!clause) return;
      if (clause.isTypeOnly) {
        this.erase(node);
        return;
      }
      this.later.push(() => {
        const isGone = (item) => item.isTypeOnly || !this.used.has(item.name.text);
        const { name, namedBindings: bindings } = clause;
        const listed = bindings?.kind === Kind.NamedImports ? bindings.elements : bindings ? [bindings] : [];
        const goneName = name && isGone({ name });
        const goneList = listed.length > 0 && listed.every(isGone);
        if ((goneName || !name) && goneList) this.erase(node);
        else if (goneName && bindings === undefined) this.erase(node);
        else if (goneName) this.blank(this.start(name), this.start(bindings));
        else if (goneList && name) this.blank(name.end, bindings.end);
        if (!goneList && bindings?.kind === Kind.NamedImports) this.elements(listed, isGone);
      });
    }

    importEquals(node) {
      if (node.isTypeOnly) {
        this.erase(node);
        return;
      }
      this.later.push(() => {
        if (!this.used.has(node.name.text) && !this.has(node, Kind.ExportKeyword)) this.erase(node);
        else this.replace(this.keyword(node), this.keyword(node) + 'import'.length, 'const ');
      });
      if (node.moduleReference.kind !== Kind.ExternalModuleReference) this.visit(node.moduleReference);
    }

    export(node) {
      if (node.isTypeOnly) {
        this.erase(node);
        return;
      }
      if (node.exportClause?.kind !== Kind.NamedExports) return;
      const { elements } = node.exportClause;
      const local = (element) => (element.propertyName ?? element.name).text;
      if (!node.moduleSpecifier) for (const element of elements) if (!element.isTypeOnly) this.used.add(local(element));
      this.later.push(() => this.elements(elements, (element) => element.isTypeOnly || (!node.moduleSpecifier && this.types.has(local(element)) && !this.values.has(local(element)))));
    }

    exportAssignment(node) {
      this.visit(node.expression);
      const start = this.start(node);
      if (node.isExportEquals) {
        this.replace(start, this.start(node.expression), 'module.exports = ');
      } else if (node.expression.kind === Kind.Identifier) {
        this.later.push(() => {
          const name = node.expression.text;
          if (this.types.has(name) && !this.values.has(name)) this.erase(node);
        });
      }
    }

    // The names that the file declares as values.
    get values() {
      const names = new Set();
      for (const statement of this.file.statements) {
        if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) names.add(name.text);
        else if (statement.name && !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) names.add(statement.name.text);
      }
      return names;
    }

    result() {
      this.each(...this.file.statements);
      for (const action of this.later) action();
      this.edits.sort((a, b) => a.start - b.start || a.end - b.end);
      let made = '';
      let at = 0;
      for (const { start, end, by } of this.edits) {
        // What lies within something that was taken out went with it.
        if (start < at) continue;
        made += this.text.slice(at, start) + by;
        at = end;
      }
      return made + this.text.slice(at);
    }
  }

  const MEMBER_MODIFIERS = [
    Kind.PublicKeyword, Kind.PrivateKeyword, Kind.ProtectedKeyword, Kind.ReadonlyKeyword,
    Kind.OverrideKeyword, Kind.AbstractKeyword, Kind.DeclareKeyword,
  ];

  const of = Stripper.prototype;
  const HANDLERS = {
    [Kind.ArrowFunction]: of.functionLike,
    [Kind.AsExpression]: of.conversion,
    [Kind.CallExpression]: of.call,
    [Kind.ClassDeclaration]: of.classLike,
    [Kind.ClassExpression]: of.classLike,
    [Kind.Constructor]: of.functionLike,
    [Kind.EnumDeclaration]: of.enumeration,
    [Kind.ExportAssignment]: of.exportAssignment,
    [Kind.ExportDeclaration]: of.export,
    [Kind.ExpressionWithTypeArguments]: of.call,
    [Kind.FunctionDeclaration]: of.functionLike,
    [Kind.FunctionExpression]: of.functionLike,
    [Kind.GetAccessor]: of.functionLike,
    [Kind.Identifier](node) { this.used.add(node.text); },
    [Kind.ImportDeclaration]: of.import,
    [Kind.ImportEqualsDeclaration]: of.importEquals,
    [Kind.IndexSignature]: of.erase,
    [Kind.InterfaceDeclaration]: of.type,
    [Kind.MethodDeclaration]: of.functionLike,
    [Kind.ModuleDeclaration]: of.namespace,
    [Kind.NamespaceExportDeclaration]: of.erase,
    [Kind.NewExpression]: of.call,
    [Kind.NonNullExpression](node) {
      this.visit(node.expression);
      this.blank(node.expression.end, node.end);
    },
    [Kind.PropertyAccessExpression](node) { this.visit(node.expression); },
    [Kind.PropertyAssignment](node) {
      this.name(node.name);
      this.visit(node.initializer);
    },
    [Kind.PropertyDeclaration]: of.property,
    [Kind.SatisfiesExpression]: of.conversion,
    [Kind.SetAccessor]: of.functionLike,
    [Kind.TaggedTemplateExpression]: of.call,
    [Kind.TypeAliasDeclaration]: of.type,
    [Kind.TypeAssertionExpression]: of.assertion,
    [Kind.VariableDeclaration]: of.variable,
  };

  // { text } without its types, or { problems } of a file that can't be read.
  lib.strip = (name, text) => {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
    const problems = file.parseDiagnostics.map((found) => ({
      start: found.start,
      message: `${ts.flattenDiagnosticMessageText(found.messageText, '\n')} (TS${found.code})`,
    }));
    if (problems.length > 0) return { problems, file };
    if (file.isDeclarationFile) return { text: '' };
    const stripper = new Stripper(file);
    const made = stripper.result();
    return stripper.problems.length > 0 ? { problems: stripper.problems, file } : { text: made };
  };
})
