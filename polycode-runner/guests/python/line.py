"""The line between tests and the program that they test: values, calls and exceptions as JSON.

Tests and program have a sandbox each. A message is one JSON text in one line, a request or the answer
to one; while one side waits for an answer it does what the other asks. Plain values cross as they are,
all others stay where they are and cross as a number that stands for them.
"""

import builtins
import collections
import datetime
import decimal
import fractions
import json
import operator
import os
import types

EXACT = (bool, int, float, str)
# Texts that stand for values of the library.
TEXTS = {
    "decimal": (decimal.Decimal, str, decimal.Decimal),
    "fraction": (fractions.Fraction, str, fractions.Fraction),
    "datetime": (datetime.datetime, datetime.datetime.isoformat, datetime.datetime.fromisoformat),
    "date": (datetime.date, datetime.date.isoformat, datetime.date.fromisoformat),
    "bytes": (bytes, bytes.hex, bytes.fromhex),
    "complex": (complex, str, complex),
}
LISTS = {list: None, tuple: "tuple", set: "set", frozenset: "frozenset", collections.deque: None}
MAPS = (dict, collections.defaultdict, collections.Counter, collections.OrderedDict)
# What a function may change for its caller where it is an argument.
OPEN = (list, collections.deque, set, *MAPS)


class Gone(BaseException):
    """The other side has ended."""


class Line:
    """One end of the line."""

    def __init__(self):
        self.file = os.open("/dev/line", os.O_RDWR)
        self.unread = b""
        # What the other side knows by a number, and the number of each.
        self.known = {}
        self.numbers = {}
        # What stands here for a value of the other side without being a `Remote`, by its identity.
        self.theirs = {}
        self.classes = {}

    def send(self, message):
        text = json.dumps(message).encode()
        sent = 0
        while sent < len(text) + 1:
            sent += os.write(self.file, (text + b"\n")[sent:])

    def receive(self):
        parts = [self.unread]
        while b"\n" not in parts[-1]:
            part = os.read(self.file, 1 << 16)
            if not part:
                raise Gone("the program ended before the test did")
            parts.append(part)
        text, _, self.unread = b"".join(parts).partition(b"\n")
        return json.loads(text)

    def ask(self, do, **what):
        """The value that a request is answered with; raises what it raised."""
        self.send({"do": do, **what})
        while "do" in (message := self.receive()):
            self.serve(message)
        if "raised" in message:
            raise self.exception(message["raised"])
        return message

    def serve(self, request):
        """Does what the other side asks for, and answers."""
        try:
            answer = self.perform(request)
            self.send(answer)
        except Gone:
            raise
        except BaseException as error:
            self.send({"raised": self.described(error)})

    def perform(self, request):
        raise NotImplementedError

    def value(self, do, **what):
        return self.decode(self.ask(do, **what).get("value"))

    # Values.

    def encode(self, value):
        kind = type(value)
        if value is None or kind in EXACT:
            if kind is float and (value != value or value in (float("inf"), float("-inf"))):
                return {"float": str(value)}
            if kind is int and abs(value) >= 1 << 53:
                return {"int": str(value) if abs(value) < 1 << 10_000 else hex(value)}
            return value
        if kind in LISTS:
            items = [self.encode(item) for item in value]
            return {LISTS[kind]: items} if LISTS[kind] else items
        if kind in MAPS:
            return {"map": [[self.encode(key), self.encode(item)] for key, item in value.items()]}
        for name, (known, to_text, _) in TEXTS.items():
            if kind is known:
                return {name: to_text(value)}
        if isinstance(value, Remote):
            return {"yours": object.__getattribute__(value, "_number")}
        if isinstance(value, type) and getattr(value, "_number", None) is not None:
            return {"yours": value._number}
        if id(value) in self.theirs:
            return {"yours": self.theirs[id(value)][1]}
        return self.reference(value)

    def reference(self, value):
        """A number that stands for a value."""
        if (number := self.numbers.get(id(value))) is None:
            number = len(self.known) + 1
            self.known[number] = value
            self.numbers[id(value)] = number
        told = {"ref": number, "kind": "object", "name": type(value).__name__}
        if isinstance(value, type):
            told |= {"kind": "class", "name": value.__name__}
            if issubclass(value, BaseException):
                told |= {"kind": "error", "bases": [self.base(base) for base in value.__mro__[1:]]}
        elif callable(value):
            told |= {"kind": "function", "name": str(getattr(value, "__name__", told["name"]))}
        elif isinstance(value, types.CoroutineType):
            told["kind"] = "promise"
        for base in (tuple, str, int, float):
            if isinstance(value, base):
                told["plain"] = self.encode(tuple(tuple.__iter__(value)) if base is tuple else base(value))
                break
        return told

    def base(self, kind):
        if getattr(builtins, kind.__name__, None) is kind:
            return kind.__name__
        return {key: item for key, item in self.reference(kind).items() if key != "bases"}

    def decode(self, told):
        if isinstance(told, list):
            return [self.decode(item) for item in told]
        if not isinstance(told, dict):
            return told
        if "ref" in told:
            return self.remote(told)
        (name, held), = told.items()
        if name == "yours":
            return self.known[held]
        if name in ("map", "pairs"):
            return {self.decode(key): self.decode(item) for key, item in held}
        if name in ("tuple", "set", "frozenset"):
            return getattr(builtins, name)(map(self.decode, held))
        if name == "float":
            return float(held)
        if name == "int":
            return int(held, 16) if "0x" in held else int(held)
        if name == "undefined":
            return None
        return TEXTS[name][2](held)

    def remote(self, told):
        if told["kind"] == "error":
            return self.error_class(told)
        if told["kind"] == "promise":
            return self.standing_for(self.promised(told["ref"]), told["ref"])
        return Remote(self, told)

    async def promised(self, number):
        """What a coroutine or a promise of the other side gives; it is run there when it is awaited."""
        return self.value("apply", name="await", args=[{"yours": number}])

    def standing_for(self, value, number):
        """A value of this side that goes back to the other as the one of it that has the number."""
        self.theirs[id(value)] = value, number
        return value

    # Exceptions.

    def described(self, error):
        """An exception as the other side is told of it."""
        if id(error) in self.theirs:
            return {"yours": self.theirs[id(error)][1]}
        try:
            text = str(error)
        except BaseException:
            text = ""
        try:
            args = [self.encode(arg) for arg in error.args]
        except BaseException:
            args = [text]
        number = self.reference(error)["ref"]
        return {"class": self.base_or_class(type(error)), "args": args, "text": text, "of": number}

    def base_or_class(self, kind):
        told = self.base(kind)
        return told if isinstance(told, str) else self.reference(kind)

    def exception(self, told):
        """An exception of the other side, as one of this."""
        if "yours" in told:
            return self.known[told["yours"]]
        if "thrown" in told:
            return Exception(self.decode(told["thrown"]))
        kind = self.error_class(told["class"])
        args = [self.decode(arg) for arg in told["args"]]
        try:
            error = kind(*args)
        except TypeError:
            error = type(kind.__name__, (kind,), {"__init__": lambda self, *args: None})(*args)
        try:
            error._of, error._text = told["of"], told["text"]
        except AttributeError:
            pass
        return self.standing_for(error, told["of"])

    def error_class(self, told):
        if isinstance(told, str):
            kind = getattr(builtins, told, None)
            if isinstance(kind, type) and issubclass(kind, BaseException):
                return kind
            return Exception if told == "Error" else self.classes.setdefault(told, type(told, (Exception,), {}))
        if (kind := self.classes.get(told["ref"])) is None:
            bases = [self.error_class(base) for base in told.get("bases", []) if base != "object"]
            # All but those that another of them has as a base.
            bases = [one for one in bases if not any(other is not one and issubclass(other, one) for other in bases)]
            line = self

            def __getattr__(error, name):
                if name.startswith("__") or name in ("_of", "_text"):
                    raise AttributeError(name)
                return line.value("get", of={"yours": error._of}, name=name)

            body = {"_number": told["ref"], "__getattr__": __getattr__, "__str__": text_of}
            kind = type(str(told["name"]), tuple(bases) or (Exception,), body)
            self.classes[told["ref"]] = kind
        return kind


def text_of(error):
    text = vars(error).get("_text")
    return BaseException.__str__(error) if text is None else text


# A value that stays on the other side; what it says of itself is said there.
class Remote:
    __slots__ = ("_line", "_number", "_told", "_this", "__weakref__")
    __doc__ = property(lambda self: self._line.value("get", of=self._line.encode(self), name="__doc__"))

    def __init__(self, line, told, this=None):
        for name, value in (("_line", line), ("_number", told["ref"]), ("_told", told), ("_this", this)):
            object.__setattr__(self, name, value)

    def __getattr__(self, name):
        if name.startswith("__") and name not in ("__name__", "__doc__", "__dict__", "__all__", "__version__"):
            raise AttributeError(name)
        if name == "__name__" and self._told["kind"] == "function":
            return self._told["name"]
        found = self._line.ask("get", of=self._line.encode(self), name=name).get("value")
        if isinstance(found, dict) and found.get("kind") == "function":
            return Remote(self._line, found, self)
        return self._line.decode(found)

    def __setattr__(self, name, value):
        self._line.value("set", of=self._line.encode(self), name=name, value=self._line.encode(value))

    def __call__(self, *args, **named):
        line = self._line
        told = [line.encode(arg) for arg in args]
        what = {"of": line.encode(self), "args": told}
        if named:
            what["named"] = {name: line.encode(value) for name, value in named.items()}
        if self._this is not None:
            what["this"] = line.encode(self._this)
        answer = line.ask("call", **what)
        for index, changed in answer.get("changed", []):
            restore(args[index], line.decode(changed))
        return line.decode(answer.get("value"))

    def __mro_entries__(self, bases):
        raise TypeError("a class can't inherit from one that is on the other side")

    def __eq__(self, other):
        if isinstance(other, Remote) or (isinstance(other, type) and hasattr(other, "_number")):
            return bool(apply(self, "eq", other))
        # What a program says of itself must not decide whether it is what is expected.
        return "plain" in self._told and plain(self) == other

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._number)

    def __instancecheck__(self, value):
        return isinstance(value, Remote) and bool(apply(value, "isinstance", self))

    def __iter__(self):
        iterator = apply(self, "iter")
        return iterator if isinstance(iterator, Remote) else iter(iterator)

    def __next__(self):
        step = apply(self, "step")
        if not step:
            raise StopIteration
        return step[0]

    def __bool__(self):
        return bool(apply(self, "bool"))

    def __int__(self):
        return int(apply(self, "int"))

    def __float__(self):
        return float(apply(self, "float"))

    def __len__(self):
        return operator.index(apply(self, "len"))

    def __contains__(self, value):
        return bool(apply(self, "contains", value))

    def __str__(self):
        return str(apply(self, "str"))

    def __repr__(self):
        return str(apply(self, "repr"))

    def __enter__(self):
        return apply(self, "enter")

    def __exit__(self, kind, error, trace):
        line = self._line
        with_error = {} if error is None else {"error": line.described(error)}
        return bool(line.value("apply", name="exit", args=[line.encode(self)], **with_error))

    def __await__(self):
        yield from ()
        return apply(self, "await")


def plain(value):
    """The number, text or tuple that a value of the other side is, where its class inherits from theirs."""
    if isinstance(value, Remote) and "plain" in value._told:
        return value._line.decode(value._told["plain"])
    return value


def apply(remote, name, *args):
    line = remote._line
    return line.value("apply", name=name, args=[line.encode(arg) for arg in (remote, *args)])


def operation(name):
    return lambda self, *args: apply(self, name, *args)


ARITHMETIC = [
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift",
]
OPERATIONS = [
    "getitem", "setitem", "delitem", "lt", "le", "gt", "ge", "neg", "pos", "invert", "abs", "divmod", "index",
    "round", "format", "reversed", *ARITHMETIC, *(f"{way}{name}" for way in "ri" for name in ARITHMETIC),
]
for _name in OPERATIONS:
    setattr(Remote, f"__{_name}__", operation(_name))


def restore(value, changed):
    """Makes a list, map or set what it became on the other side; that side says which, so nothing else."""
    if type(value) not in OPEN:
        raise TypeError("only lists, maps and sets can be changed by a function")
    value.clear()
    if isinstance(value, (list, collections.deque)):
        value.extend(changed)
    else:
        value.update(changed)
