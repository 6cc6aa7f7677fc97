// What exercises use of locales: grouped numbers, dates, and the order of words, all as en-US.
(function (native, lib) {
  'use strict';

  const DIGITS = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', BRL: 'R$', CAD: 'CA$', AUD: 'A$', MXN: 'MX$' };

  // Rounds halves away from zero in decimal, as the locale functions do.
  function fixed(value, least, most) {
    let text = value.toFixed(most);
    if (most > least && text.includes('.')) {
      const [whole, fraction] = text.split('.');
      const kept = fraction.replace(/0+$/, '').padEnd(least, '0');
      text = kept === '' ? whole : `${whole}.${kept}`;
    }
    return text;
  }

  function formatNumber(value, options = {}) {
    if (Number.isNaN(Number(value))) return 'NaN';
    const style = options.style ?? 'decimal';
    const isMoney = style === 'currency';
    const usual = isMoney ? (options.currency === 'JPY' || options.currency === 'KRW' ? 0 : 2) : 0;
    const least = options.minimumFractionDigits ?? Math.min(usual, options.maximumFractionDigits ?? usual);
    const most = options.maximumFractionDigits ?? Math.max(least, isMoney ? usual : style === 'percent' ? 0 : 3);
    if (least > most) throw new RangeError('maximumFractionDigits value is out of range.');
    const isNegative = value < 0 || Object.is(value, -0);
    let text;
    if (typeof value === 'bigint') {
      text = `${value < 0n ? -value : value}${least > 0 ? `.${'0'.repeat(least)}` : ''}`;
    } else {
      const size = Math.abs(style === 'percent' ? value * 100 : value);
      text = size === Infinity ? '∞' : fixed(size, least, most);
    }
    let [whole, fraction] = text.split('.');
    if (options.minimumIntegerDigits) whole = whole.padStart(options.minimumIntegerDigits, '0');
    if (options.useGrouping !== false) whole = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    let result = fraction === undefined ? whole : `${whole}.${fraction}`;
    if (style === 'percent') result += '%';
    if (isMoney) result = `${DIGITS[options.currency] ?? `${options.currency}\u00a0`}${result}`;
    return isNegative ? `-${result}` : result;
  }

  const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  const two = (number) => String(number).padStart(2, '0');

  function datePart(date, options) {
    const day = options.day && (options.day === '2-digit' ? two(date.getUTCDate()) : `${date.getUTCDate()}`);
    const year = options.year && (options.year === '2-digit' ? two(date.getUTCFullYear() % 100) : `${date.getUTCFullYear()}`);
    const weekday = options.weekday && (options.weekday === 'long' ? DAYS[date.getUTCDay()] : DAYS[date.getUTCDay()].slice(0, 3));
    const isWord = options.month === 'long' || options.month === 'short';
    if (!isWord) {
      const month = options.month && (options.month === '2-digit' ? two(date.getUTCMonth() + 1) : `${date.getUTCMonth() + 1}`);
      const numbers = [month, day, year].filter(Boolean).join('/');
      return [weekday, numbers].filter(Boolean).join(', ');
    }
    const name = MONTHS[date.getUTCMonth()];
    const month = options.month === 'long' ? name : name.slice(0, 3);
    const start = [month, day].filter(Boolean).join(' ');
    return [weekday, [start, year].filter(Boolean).join(day ? ', ' : ' ')].filter(Boolean).join(', ');
  }

  function timePart(date, options) {
    const is24 = options.hour12 === false || options.hourCycle === 'h23';
    const hours = date.getUTCHours();
    const shown = is24 ? hours : hours % 12 || 12;
    const parts = [];
    if (options.hour) parts.push(options.hour === '2-digit' || is24 ? two(shown) : `${shown}`);
    if (options.minute) parts.push(options.hour || options.minute === '2-digit' ? two(date.getUTCMinutes()) : `${date.getUTCMinutes()}`);
    if (options.second) parts.push(options.minute || options.second === '2-digit' ? two(date.getUTCSeconds()) : `${date.getUTCSeconds()}`);
    return parts.join(':') + (options.hour && !is24 ? `\u202f${hours < 12 ? 'AM' : 'PM'}` : '');
  }

  const DATE = { year: 'numeric', month: 'numeric', day: 'numeric' };
  const TIME = { hour: 'numeric', minute: '2-digit', second: '2-digit' };
  const WIDE = { full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }, long: { year: 'numeric', month: 'long', day: 'numeric' }, medium: { year: 'numeric', month: 'short', day: 'numeric' }, short: { year: '2-digit', month: 'numeric', day: 'numeric' } };
  const CLOCK = { full: TIME, long: TIME, medium: TIME, short: { hour: 'numeric', minute: '2-digit' } };

  function formatDate(date, given = {}, usual = { ...DATE, ...TIME }) {
    if (Number.isNaN(date.getTime())) return 'Invalid Date';
    const hasOwn = Object.keys({ ...DATE, ...TIME, weekday: '' }).some((key) => given[key] !== undefined);
    const options = given.dateStyle || given.timeStyle
      ? { ...given, ...WIDE[given.dateStyle], ...CLOCK[given.timeStyle] }
      : hasOwn ? given : { ...usual, ...given };
    return [datePart(date, options), timePart(date, options)].filter(Boolean).join(', ');
  }

  // The order of words: letters before their accents, accents before case, small before capital.
  function compare(a, b, options = {}) {
    if (options.numeric) {
      const split = (text) => text.split(/(\d+)/);
      const [left, right] = [split(a), split(b)];
      for (let i = 0; i < Math.min(left.length, right.length); i++) {
        const order = i % 2 === 1 ? Math.sign(Number(left[i]) - Number(right[i])) : compare(left[i], right[i], { ...options, numeric: false });
        if (order !== 0) return order;
      }
      return Math.sign(left.length - right.length);
    }
    const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '');
    const first = byWeight(plain(a).toLowerCase(), plain(b).toLowerCase());
    if (first !== 0 || options.sensitivity === 'base') return first;
    const second = byWeight(a.normalize('NFD').toLowerCase(), b.normalize('NFD').toLowerCase());
    if (second !== 0 && options.sensitivity !== 'case') return second;
    if (options.sensitivity === 'accent') return 0;
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i] === b[i]) continue;
      const isSmall = a[i] === a[i].toLowerCase();
      if (isSmall !== (b[i] === b[i].toLowerCase())) return (isSmall ? -1 : 1) * (options.caseFirst === 'upper' ? -1 : 1);
    }
    return 0;
  }

  const PUNCTUATION = '_-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';

  function weight(character) {
    if (/\s/.test(character)) return 0;
    const mark = PUNCTUATION.indexOf(character);
    if (mark >= 0) return 1 + mark;
    const code = character.codePointAt(0);
    if (/\p{M}/u.test(character)) return 1e7 + code;
    return /\d/.test(character) ? 100 + code : /\p{L}/u.test(character) ? 1000 + code : 60 + code / 1e7;
  }

  function byWeight(a, b) {
    const [left, right] = [[...a], [...b]];
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      if (left[i] === right[i]) continue;
      return weight(left[i]) < weight(right[i]) ? -1 : 1;
    }
    return Math.sign(left.length - right.length);
  }

  class NumberFormat {
    #options;

    constructor(locale, options) {
      this.#options = options;
      this.format = (value) => formatNumber(typeof value === 'bigint' ? value : Number(value), this.#options);
    }

    resolvedOptions() {
      return { locale: 'en-US', ...this.#options };
    }
  }

  class DateTimeFormat {
    #options;

    constructor(locale, options) {
      this.#options = options;
      this.format = (date = new Date()) => formatDate(new Date(date), this.#options, DATE);
    }

    resolvedOptions() {
      return { locale: 'en-US', calendar: 'gregory', timeZone: 'UTC', ...this.#options };
    }
  }

  class Collator {
    constructor(locale, options) {
      this.compare = (a, b) => compare(`${a}`, `${b}`, options);
    }
  }

  class PluralRules {
    #isOrdinal;

    constructor(locale, options) {
      this.#isOrdinal = options?.type === 'ordinal';
    }

    select(number) {
      if (!this.#isOrdinal) return number === 1 ? 'one' : 'other';
      const [last, tens] = [number % 10, number % 100];
      if (last === 1 && tens !== 11) return 'one';
      if (last === 2 && tens !== 12) return 'two';
      return last === 3 && tens !== 13 ? 'few' : 'other';
    }
  }

  class ListFormat {
    #word;

    constructor(locale, options) {
      this.#word = options?.type === 'disjunction' ? 'or' : 'and';
    }

    format(items) {
      const list = [...items];
      if (list.length <= 1) return list.join('');
      if (list.length === 2) return list.join(` ${this.#word} `);
      return `${list.slice(0, -1).join(', ')}, ${this.#word} ${list.at(-1)}`;
    }
  }

  const method = (prototype, values) => {
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
    }
  };
  method(Number.prototype, { toLocaleString(locale, options) {
    return formatNumber(Number.prototype.valueOf.call(this), options);
  } });
  method(BigInt.prototype, { toLocaleString(locale, options) {
    return formatNumber(BigInt.prototype.valueOf.call(this), options);
  } });
  method(Date.prototype, {
    toLocaleString(locale, options) {
      return formatDate(this, options);
    },
    toLocaleDateString(locale, options) {
      return formatDate(this, options, DATE);
    },
    toLocaleTimeString(locale, options) {
      return formatDate(this, options, TIME);
    },
  });
  method(String.prototype, { localeCompare(other, locale, options) {
    return compare(`${this}`, `${other}`, options);
  } });
  lib.define({ Intl: { NumberFormat, DateTimeFormat, Collator, PluralRules, ListFormat, getCanonicalLocales: () => ['en-US'] } });
})
