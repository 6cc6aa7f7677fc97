
# What pytest offers, as far as it goes.

import re
import types


class Raises:
    def __init__(self, expected, match=None):
        self.expected, self.match, self.value = expected, match, None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            raise AssertionError(f"did not raise {self.expected!r}")
        if not issubclass(kind, self.expected):
            return False
        self.type, self.value = kind, error
        if self.match is not None and not re.search(self.match, str(error)):
            raise AssertionError(f"{str(error)!r} does not match {self.match!r}")
        return True


def raises(expected, *args, match=None, **named):
    if not args:
        return Raises(expected, match)
    with Raises(expected) as told:
        args[0](*args[1:], **named)
    return told


class Approx:
    def __init__(self, expected, rel=None, abs=None):
        self.expected, self.rel, self.abs = expected, 1e-6 if rel is None else rel, 1e-12 if abs is None else abs

    def __eq__(self, actual):
        expected, actual = self.expected, plain(actual)
        if isinstance(expected, dict):
            same = isinstance(actual, dict) and expected.keys() == actual.keys()
            return same and all(self.part(expected[key]) == actual[key] for key in expected)
        if isinstance(expected, (list, tuple)):
            same = isinstance(actual, (list, tuple)) and len(expected) == len(actual)
            return same and all(self.part(one) == other for one, other in zip(expected, actual))
        if type(actual) not in (int, float, decimal.Decimal, fractions.Fraction):
            return False
        return actual == expected or abs(actual - expected) <= max(self.rel * abs(expected), self.abs)

    def part(self, expected):
        return Approx(expected, self.rel, self.abs)

    def __repr__(self):
        return f"approx({self.expected!r})"


def fail(reason=""):
    raise AssertionError(reason)


class Marks:
    def parametrize(self, names, values, ids=None):
        names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
        rows = [tuple(value) if len(names) > 1 else (value,) for value in values]

        def mark(function):
            told = ids or ["-".join(label(value) for value in row) for row in rows]
            if len(set(told)) < len(told):
                told = [f"{name}-{at}" for at, name in enumerate(told)]
            sets = getattr(function, "_sets", [])
            function._sets = [[(told[at], dict(zip(names, row))) for at, row in enumerate(rows)], *sets]
            return function
        return mark

    def skip(self, function=None, reason=""):
        def mark(function):
            function._is_skipped = True
            return function
        return mark(function) if callable(function) else mark


def label(value):
    if isinstance(value, EXACT) or value is None:
        return str(value)[:40]
    return type(value).__name__


def fixture(function=None, scope="function", autouse=False):
    """Makes a fixture; of any scope, since each test is run by itself."""
    def mark(function):
        function._is_fixture, function._is_autouse = True, autouse
        return function
    return mark(function) if function else mark


class Captured:
    """What the program has printed."""

    def readouterr(self):
        text = LINE.value("printed") if LINE else ""
        return types.SimpleNamespace(out=text, err="")


def pytest_module():
    module = types.ModuleType("pytest")
    module.__dict__.update(raises=raises, approx=Approx, fail=fail, mark=Marks(), fixture=fixture)
    return module

