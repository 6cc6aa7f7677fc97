// `util.inspect`: how a value is written, in the layout of Node.
(function (native, lib) {
  'use strict';

  const CUSTOM = Symbol.for('nodejs.util.inspect.custom');
  const WIDTH = 80;
  const MAX_ITEMS = 100;
  const DEFAULTS = {
    depth: 2, compact: 3, breakLength: WIDTH, maxArrayLength: MAX_ITEMS, maxStringLength: 10000,
    showHidden: false, sorted: false, getters: false, customInspect: true, colors: false,
  };

  function inspect(value, options, ...old) {
    if (isPlain(value)) return formatPrimitive(undefined, value, true);
    const given = typeof options === 'object' && options !== null
      ? options
      : { showHidden: options === true, ...(old.length > 0 && old[0] !== undefined ? { depth: old[0] } : {}) };
    const ctx = { ...DEFAULTS, ...given, seen: [], circular: undefined, indentation: 0, currentDepth: 0 };
    if (ctx.depth === null) ctx.depth = Infinity;
    if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
    if (ctx.compact === true) ctx.compact = 3;
    if (ctx.compact === false) ctx.compact = 0;
    return formatValue(ctx, value, 0, true);
  }

  // Whether no option changes how a value is written.
  function isPlain(value) {
    const kind = typeof value;
    return kind !== 'object' && kind !== 'function' && kind !== 'string';
  }

  function formatValue(ctx, value, level, isTop) {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
      return formatPrimitive(ctx, value, isTop);
    }
    let target = value;
    while (native.className(target) === 'Proxy') {
      target = native.proxyTarget(target);
      if (target === null || target === undefined) return '<Revoked Proxy>';
    }
    if (ctx.customInspect && typeof target[CUSTOM] === 'function' && target[CUSTOM] !== inspect) {
      const { seen, circular, indentation, currentDepth, ...options } = ctx;
      const result = target[CUSTOM](ctx.depth - level, { ...options, depth: ctx.depth - level }, inspect);
      if (result !== target) {
        if (typeof result !== 'object' && typeof result !== 'function') {
          return String(result).replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
        }
        return formatValue(ctx, result, level, false);
      }
    }
    if (ctx.seen.includes(target)) {
      ctx.circular ??= new Map();
      if (!ctx.circular.has(target)) ctx.circular.set(target, ctx.circular.size + 1);
      return `[Circular *${ctx.circular.get(target)}]`;
    }
    return formatObject(ctx, target, level);
  }

  function formatObject(ctx, value, level) {
    const shape = lib.classes.shapeOf(ctx, value);
    if (shape.keys.length === 0) {
      if (shape.isWhole) return shape.base;
      if (shape.isEmpty) return `${shape.open}${shape.close}`;
    }
    if (level > ctx.depth) return `[${shape.shortName}]`;
    ctx.seen.push(value);
    ctx.currentDepth = level;
    let output;
    const indentation = ctx.indentation;
    try {
      output = shape.items(ctx, level + 1);
      for (const key of shape.keys) output.push(formatProperty(ctx, value, level + 1, key, shape.isArray));
    } finally {
      ctx.indentation = indentation;
      ctx.seen.pop();
    }
    let base = shape.base;
    let open = shape.open;
    if (ctx.circular?.has(value)) {
      const reference = `<ref *${ctx.circular.get(value)}>`;
      if (base === '') open = `${reference} ${open}`;
      else base = `${reference} ${base}`;
    }
    if (output.length === 0 && base === '') return `${open}${shape.close}`;
    if (ctx.sorted) output.sort(typeof ctx.sorted === 'function' ? ctx.sorted : undefined);
    return layOut(ctx, output, { base, open, close: shape.close, level, list: shape.isArray ? value : undefined });
  }

  // One line if it is short and not nested too deeply, else one line for each entry.
  function layOut(ctx, entries, { base, open, close, level, list }) {
    const start = base === '' ? '' : `${base} `;
    let output = entries;
    if (ctx.compact >= 1) {
      if (list !== undefined && entries.length > 6) output = columns(ctx, entries, list);
      if (ctx.currentDepth - level < ctx.compact && output.length === entries.length) {
        let length = output.length * 2 + ctx.indentation + open.length + base.length + 10;
        for (const entry of output) length += entry.length;
        if (length <= ctx.breakLength && !base.includes('\n') && !output.some((entry) => entry.includes('\n'))) {
          return `${start}${open} ${output.join(', ')} ${close}`;
        }
      }
    }
    const indent = `\n${' '.repeat(ctx.indentation)}`;
    return `${start}${open}${indent}  ${output.join(`,${indent}  `)}${indent}${close}`;
  }

  // Lays more than six short entries of a list out in columns.
  function columns(ctx, entries, list) {
    const hasMore = entries.length > ctx.maxArrayLength;
    const count = hasMore ? entries.length - 1 : entries.length;
    const widths = [];
    let total = 0;
    let widest = 0;
    for (let i = 0; i < count; i++) {
      const width = textWidth(entries[i]);
      widths.push(width);
      total += width + 2;
      if (width > widest) widest = width;
    }
    const cell = widest + 2;
    if (cell * 3 + ctx.indentation >= ctx.breakLength || (total / cell <= 5 && widest > 6)) return entries;
    const bias = Math.sqrt(cell - total / entries.length);
    const biased = Math.max(cell - 3 - bias, 1);
    const across = Math.min(
      Math.round(Math.sqrt(2.5 * biased * count) / biased),
      Math.floor((ctx.breakLength - ctx.indentation) / cell),
      ctx.compact * 4,
      15,
    );
    if (across <= 1) return entries;
    const lineWidths = [];
    for (let i = 0; i < across; i++) {
      let width = 0;
      for (let j = i; j < count; j += across) width = Math.max(width, widths[j]);
      lineWidths.push(width + 2);
    }
    const alignRight = list.every?.((item) => typeof item === 'number' || typeof item === 'bigint') ?? false;
    const lines = [];
    for (let i = 0; i < count; i += across) {
      const end = Math.min(i + across, count);
      let line = '';
      for (let j = i; j < end - 1; j++) {
        const pad = lineWidths[j - i] + entries[j].length - widths[j];
        line += alignRight ? `${entries[j]}, `.padStart(pad) : `${entries[j]}, `.padEnd(pad);
      }
      const last = end - 1;
      line += alignRight
        ? entries[last].padStart(lineWidths[last - i] + entries[last].length - widths[last] - 2)
        : entries[last];
      lines.push(line);
    }
    if (hasMore) lines.push(entries[count]);
    return lines;
  }

  // Columns on a terminal: wide characters count twice, marks that combine not at all.
  function textWidth(text) {
    if (/^[\x20-\x7e]*$/.test(text)) return text.length;
    let width = 0;
    for (const character of text.normalize('NFC')) {
      if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) continue;
      width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(character) ? 2 : 1;
    }
    return width;
  }

  function formatProperty(ctx, object, level, key, isArray) {
    const property = Object.getOwnPropertyDescriptor(object, key)
      ?? { value: object[key], enumerable: true };
    let text;
    if (property.get !== undefined) {
      text = property.set === undefined ? '[Getter]' : '[Getter/Setter]';
    } else if (property.set !== undefined) {
      text = '[Setter]';
    } else {
      ctx.indentation += 2;
      text = formatValue(ctx, property.value, level, false);
      ctx.indentation -= 2;
    }
    if (isArray === 'item') return text;
    const name = formatKey(key);
    return `${property.enumerable ? name : `[${typeof key === 'symbol' ? String(key) : key}]`}: ${text}`;
  }

  function formatKey(key) {
    if (typeof key === 'symbol') return `[${String(key)}]`;
    if (key === '__proto__') return "['__proto__']";
    return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key);
  }

  function formatPrimitive(ctx, value, isTop) {
    switch (typeof value) {
      case 'string': return formatString(ctx, value, isTop);
      case 'number': return Object.is(value, -0) ? '-0' : `${value}`;
      case 'bigint': return `${value}n`;
      default: return String(value);
    }
  }

  function formatString(ctx, value, isTop) {
    let text = value;
    let rest = '';
    if (text.length > ctx.maxStringLength) {
      const more = text.length - ctx.maxStringLength;
      text = text.slice(0, ctx.maxStringLength);
      rest = `... ${more} more character${more > 1 ? 's' : ''}`;
    }
    if (!isTop && text.length > 16 && text.length > ctx.breakLength - ctx.indentation - 4) {
      return text.split(/(?<=\n)/).map(quote).join(` +\n${' '.repeat(ctx.indentation + 2)}`) + rest;
    }
    return quote(text) + rest;
  }

  const ESCAPES = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

  function quote(text) {
    let mark = "'";
    if (text.includes("'")) {
      if (!text.includes('"')) mark = '"';
      else if (!text.includes('`') && !text.includes('${')) mark = '`';
    }
    let escaped = text;
    // eslint-disable-next-line no-control-regex
    if (/[\x00-\x1f\x7f-\x9f\\]/.test(text) || text.includes(mark) || !text.isWellFormed()) {
      escaped = text.replace(
        /[\x00-\x1f\x7f-\x9f\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
        (c) => {
          const code = c.charCodeAt(0);
          if (code > 0xff) return `\\u${code.toString(16).toUpperCase()}`;
          return ESCAPES[c] ?? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
        },
      ).replaceAll(mark, mark === "'" ? "\\'" : mark);
    }
    return `${mark}${escaped}${mark}`;
  }

  inspect.custom = CUSTOM;
  inspect.defaultOptions = DEFAULTS;
  lib.inspect = inspect;
  lib.textWidth = textWidth;
  lib.layout = { formatValue, formatProperty, formatKey, formatPrimitive };
})
