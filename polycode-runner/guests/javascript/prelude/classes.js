// What `inspect` shows of each kind of object: its name, its brackets and its items.
(function (native, lib) {
  'use strict';

  const { formatValue, formatProperty } = lib.layout;
  const TypedArray = Object.getPrototypeOf(Uint8Array);
  const sizeOfMap = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;
  const sizeOfSet = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;

  // { base, open, close, keys, items(ctx, level), isArray, isWhole, shortName }
  // Without keys, objects that are whole are written as `base` alone, empty ones as brackets.
  function shapeOf(ctx, value) {
    const name = constructorName(value);
    const tag = tagOf(value, name);
    const shape = {
      base: '', open: '{', close: '}', keys: ownKeys(ctx, value), items: () => [], isArray: undefined, isWhole: false, isEmpty: false,
      shortName: `${name === null ? `${fallbackName(value)}: null prototype` : name}${tag}`,
    };
    if (Array.isArray(value)) return listShape(ctx, shape, value, prefix(name, tag, 'Array', value.length), name);
    const kind = native.className(value);
    const describe = DESCRIPTIONS[kind];
    if (describe !== undefined) return describe(ctx, shape, value, name, tag) ?? shape;
    if (ArrayBuffer.isView(value) && value instanceof TypedArray) {
      const usual = value[Symbol.toStringTag];
      return listShape(ctx, shape, value, prefix(name, '', usual, value.length, true), undefined);
    }
    if (typeof value === 'function') {
      return whole(shape, functionBase(value, name, tag));
    }
    if (/Iterator$/.test(kind ?? '') || kind === 'Generator' || kind === 'AsyncGenerator') {
      shape.open = `Object [${value[Symbol.toStringTag] ?? kind}] {`;
      shape.isEmpty = true;
      return shape;
    }
    shape.isEmpty = true;
    if (name === 'Object' && tag === '') return shape;
    shape.open = `${prefix(name, tag, 'Object')}{`;
    return shape;
  }

  function whole(shape, base) {
    shape.base = base;
    shape.isWhole = true;
    return shape;
  }

  function listShape(ctx, shape, value, start, name) {
    shape.open = `${name === 'Array' && start === `Array(${value.length}) ` ? '' : start}[`;
    shape.close = ']';
    shape.isArray = true;
    shape.isEmpty = value.length === 0;
    shape.keys = shape.keys.filter((key) => typeof key === 'symbol' || !/^(0|[1-9]\d*)$/.test(key));
    shape.items = (inner, level) => listItems(inner, value, level);
    return shape;
  }

  function listItems(ctx, list, level) {
    const output = [];
    const limit = Math.min(Math.max(0, ctx.maxArrayLength), list.length);
    let i = 0;
    while (i < list.length && output.length < limit) {
      if (Object.hasOwn(list, i)) {
        output.push(formatProperty(ctx, list, level, `${i}`, 'item'));
        i += 1;
        continue;
      }
      let end = i;
      while (end < list.length && !Object.hasOwn(list, end)) end += 1;
      output.push(`<${end - i} empty item${end - i > 1 ? 's' : ''}>`);
      i = end;
    }
    if (i < list.length) output.push(more(list.length - i));
    return output;
  }

  function more(count) {
    return `... ${count} more item${count > 1 ? 's' : ''}`;
  }

  function indented(ctx, value, level) {
    ctx.indentation += 2;
    const text = formatValue(ctx, value, level, false);
    ctx.indentation -= 2;
    return text;
  }

  function limited(ctx, values, format) {
    const all = [...values];
    const output = all.slice(0, ctx.maxArrayLength).map(format);
    if (all.length > output.length) output.push(more(all.length - output.length));
    return output;
  }

  function boxed(kind, valueOf) {
    return (ctx, shape, value, name, tag) => {
      const inner = lib.layout.formatPrimitive({ ...ctx, maxStringLength: Infinity }, valueOf.call(value), true);
      if (kind === 'String') shape.keys = shape.keys.filter((key) => !/^\d+$/.test(String(key)));
      const title = name === kind ? kind : `${kind} (${name ?? 'null prototype'})`;
      return whole(shape, `[${title}: ${inner}]${tag}`);
    };
  }

  const DESCRIPTIONS = {
    Map(ctx, shape, value, name, tag) {
      shape.open = `${prefix(name, tag, 'Map', sizeOfMap.call(value))}{`;
      shape.isEmpty = sizeOfMap.call(value) === 0;
      shape.items = (inner, level) => limited(inner, Map.prototype.entries.call(value), ([key, item]) =>
        `${indented(inner, key, level)} => ${indented(inner, item, level)}`);
    },
    Set(ctx, shape, value, name, tag) {
      shape.open = `${prefix(name, tag, 'Set', sizeOfSet.call(value))}{`;
      shape.isEmpty = sizeOfSet.call(value) === 0;
      shape.items = (inner, level) => limited(inner, Set.prototype.values.call(value), (item) => indented(inner, item, level));
    },
    Promise(ctx, shape, value, name, tag) {
      shape.open = `${prefix(name, tag, 'Promise')}{`;
      shape.items = (inner, level) => {
        const [state, result] = native.promiseState(value);
        if (state === 0) return ['<pending>'];
        const text = indented(inner, result, level);
        return [state === 2 ? `<rejected> ${text}` : text];
      };
    },
    WeakMap: opaque('WeakMap'),
    WeakSet: opaque('WeakSet'),
    WeakRef(ctx, shape, value, name, tag) {
      shape.open = `${prefix(name, tag, 'WeakRef')}{`;
      shape.items = (inner, level) => [indented(inner, value.deref(), level)];
    },
    Date(ctx, shape, value, name, tag) {
      const time = Date.prototype.getTime.call(value);
      const text = Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(value);
      return whole(shape, name === 'Date' ? text : `${prefix(name, tag, 'Date')}${text}`);
    },
    RegExp(ctx, shape, value, name, tag) {
      const text = RegExp.prototype.toString.call(value);
      return whole(shape, name === 'RegExp' ? text : `${prefix(name, tag, 'RegExp')}${text}`);
    },
    Error: errorShape,
    Number: boxed('Number', Number.prototype.valueOf),
    String: boxed('String', String.prototype.valueOf),
    Boolean: boxed('Boolean', Boolean.prototype.valueOf),
    BigInt: boxed('BigInt', BigInt.prototype.valueOf),
    Symbol: boxed('Symbol', Symbol.prototype.valueOf),
    Arguments(ctx, shape, value) {
      shape.open = '[Arguments] {';
      shape.isEmpty = true;
    },
    ArrayBuffer(ctx, shape, value, name, tag) {
      shape.open = `${prefix(name, tag, 'ArrayBuffer')}{`;
      shape.items = () => {
        const bytes = new Uint8Array(value);
        const shown = [...bytes.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
        const rest = bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : '';
        return [`[Uint8Contents]: <${shown}${rest}>`, `byteLength: ${bytes.length}`];
      };
    },
    DataView(ctx, shape, value, name, tag) {
      shape.open = `${prefix(name, tag, 'DataView')}{`;
      shape.items = (inner, level) => [
        `byteLength: ${value.byteLength}`, `byteOffset: ${value.byteOffset}`,
        `buffer: ${indented(inner, value.buffer, level)}`,
      ];
    },
    Module(ctx, shape) {
      shape.open = '[Module: null prototype] {';
    },
  };
  DESCRIPTIONS['Module Namespace'] = DESCRIPTIONS.Module;

  function opaque(kind) {
    return (ctx, shape, value, name, tag) => {
      shape.open = `${prefix(name, tag, kind)}{`;
      shape.items = () => ['<items unknown>'];
    };
  }

  function errorShape(ctx, shape, value, name) {
    let text = typeof value.stack === 'string' && value.stack !== '' ? value.stack : Error.prototype.toString.call(value);
    const title = lib.errors.heading(value);
    if (name !== null && name !== 'Error' && text.startsWith('Error') && value.name === 'Error' && !title.startsWith(name)) {
      text = name + text.slice('Error'.length);
    }
    if (!text.includes('\n    at ')) text = `[${text}]`;
    if (ctx.indentation !== 0) text = text.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
    shape.keys = shape.keys.filter((key) => key !== 'stack' && key !== 'message'
      && !(key === 'name' && text.includes(String(value.name))));
    if (Object.hasOwn(value, 'cause') && !shape.keys.includes('cause')) shape.keys.push('cause');
    if (Array.isArray(value.errors) && Object.hasOwn(value, 'errors') && !shape.keys.includes('errors')) shape.keys.push('errors');
    return whole(shape, text);
  }

  function functionBase(value, name, tag) {
    const kind = native.className(value);
    const source = Function.prototype.toString.call(value);
    if (source.startsWith('class') && /^class[\s{]/.test(source)) {
      const parent = Object.getPrototypeOf(value)?.name;
      const title = Object.hasOwn(value, 'name') && value.name !== '' ? `class ${value.name}` : 'class (anonymous)';
      return `[${title}${parent ? ` extends ${parent}` : ''}]`;
    }
    const type = kind === 'AsyncFunction' || kind === 'GeneratorFunction' || kind === 'AsyncGeneratorFunction' ? kind : 'Function';
    const own = typeof value.name === 'string' && value.name !== '' ? `: ${value.name}` : ' (anonymous)';
    return `[${type}${own}]${name === null ? ' [null prototype]' : ''}${tag.includes(type) ? '' : tag === '' ? '' : ` ${tag.trim()}`}`;
  }

  function ownKeys(ctx, value) {
    const keys = ctx.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
    for (const symbol of Object.getOwnPropertySymbols(value)) {
      if (ctx.showHidden || Object.prototype.propertyIsEnumerable.call(value, symbol)) keys.push(symbol);
    }
    if (!ctx.showHidden) return keys;
    return typeof value === 'function' ? keys.filter((key) => key !== 'length' && key !== 'name' && key !== 'prototype') : keys;
  }

  // The name of the nearest constructor, or null for an object without one.
  function constructorName(value) {
    for (let object = value; object !== null; object = Object.getPrototypeOf(object)) {
      const property = Object.getOwnPropertyDescriptor(object, 'constructor');
      if (typeof property?.value === 'function' && property.value.name !== '' && isInstance(value, property.value)) {
        return String(property.value.name);
      }
    }
    return null;
  }

  function isInstance(value, constructor) {
    try {
      return value instanceof constructor;
    } catch {
      return false;
    }
  }

  function tagOf(value, name) {
    let tag;
    try {
      tag = value[Symbol.toStringTag];
    } catch {
      return '';
    }
    if (typeof tag !== 'string' || tag === '' || tag === name) return '';
    return ` [${tag}]`;
  }

  function fallbackName(value) {
    return typeof value === 'function' ? 'Function' : Array.isArray(value) ? 'Array' : native.className(value) ?? 'Object';
  }

  function prefix(name, tag, usual, size, isPlain) {
    const count = size === undefined ? '' : `(${size})`;
    if (name === null) return `[${usual}${count}: null prototype]${tag} `;
    return `${name}${count}${isPlain ? '' : tag} `;
  }

  lib.classes = { shapeOf };
})
