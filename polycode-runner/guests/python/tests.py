

# The tests.

import ast
import asyncio
import functools
import importlib.abc
import importlib.util
import inspect
import sys
import traceback
import types
import unittest

BOX = "/box/"


class Tests(Line):
    """The tests' end: the program may call the functions that it was given, and no more."""

    # The first assertion that did not hold while the program had called a function of the tests.
    broken = None

    def perform(self, request):
        if request["do"] == "get":
            raise AttributeError(request["name"])
        action = self.known.get(request["of"]["yours"]) if request["do"] == "call" else None
        if not callable(action):
            raise PermissionError("a program can only call what it was given")
        args = [self.decode(arg) for arg in request["args"]]
        named = {name: self.decode(value) for name, value in request.get("named", {}).items()}
        return {"value": self.encode(action(*args, **named))}

    def described(self, error):
        if not isinstance(error, AssertionError) or id(error) in self.theirs:
            return super().described(error)
        # What was asserted is not for the program to read, nor to forgive.
        self.broken = self.broken or error
        return {"class": "AssertionError", "args": [], "text": "", "of": self.reference(error)["ref"]}

    def exception(self, told):
        error = super().exception(told)
        AT[id(error)] = error, told.get("at")
        return error


# Where in the program an exception was raised.
AT = {}


class Later:
    """Something of the program while tests are only listed: it is not there yet."""

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args, **named):
        return self

    def __mro_entries__(self, bases):
        return (object,)

    def refuse(self, *args):
        raise RuntimeError("which tests there are must not depend on the program")

    __iter__ = __len__ = __bool__ = __getitem__ = __eq__ = __lt__ = __contains__ = __index__ = refuse
    __hash__ = None


class Program(types.ModuleType):
    """A module of the program."""

    def __getattr__(self, name):
        if name == "__path__":
            return []
        if name == "__all__":
            return [] if self._remote is None else self.names(importer())
        if name.startswith("__"):
            raise AttributeError(name)
        return Later() if self._remote is None else getattr(self._remote, name)

    def __setattr__(self, name, value):
        # A module below it is bound by the import.
        if name.startswith("__") or name == "_remote" or isinstance(value, Program):
            super().__setattr__(name, value)
        else:
            setattr(self._remote, name, value)

    def names(self, frame):
        """What `import *` gives to tests: nothing that would replace a name which they have already."""
        told = LINE.value("names", of=LINE.encode(self._remote))
        names = [name for name in told if isinstance(name, str) and name.isidentifier() and not name.startswith("__")]
        used = names_of(os.path.join(BOX, frame.f_code.co_filename))
        for name in names:
            if hasattr(builtins, name) and name in used:
                raise ImportError(f"`from {self.__name__} import *` would replace Python's own {name!r}")
        return [name for name in names if not hasattr(builtins, name) and name not in frame.f_globals]


def importer():
    """The frame that imports, below those of the import itself."""
    frame = sys._getframe(2)
    while frame.f_code.co_filename.startswith("<frozen "):
        frame = frame.f_back
    return frame


def names_of(path):
    """The names that a file uses."""
    with open(path, encoding="utf-8") as file:
        return {node.id for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Name)}


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds what is neither the tests' own nor of the library: it is the program's."""

    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in sys.stdlib_module_names:
            return None
        return importlib.util.spec_from_loader(name, self, is_package=True)

    def create_module(self, spec):
        return Program(spec.name)

    def exec_module(self, module):
        module._remote = None if LINE is None else LINE.value("load", name=module.__name__.replace(".", "/"))


class Explain(ast.NodeTransformer):
    """Has a comparison that does not hold tell what was compared."""

    def visit_Assert(self, node):
        test = node.test
        if node.msg is not None or not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return node
        sides = ast.Tuple([test.left, test.comparators[0]], ast.Load())
        names = [ast.Name(name, ast.Store()) for name in ("@left", "@right")]
        assign = ast.Assign([ast.Tuple(names, ast.Store())], sides)
        left, right = (ast.Name(name, ast.Load()) for name in ("@left", "@right"))
        holds = ast.Compare(left, test.ops, [right])
        shown = ast.Call(ast.Name("@shown", ast.Load()), [left, right, ast.Constant(ast.unparse(test))], [])
        check = ast.Assert(holds, shown)
        for made in (assign, check):
            ast.copy_location(made, node)
            ast.fix_missing_locations(made)
        return [assign, check]


def shown(left, right, text):
    def short(value):
        try:
            text = repr(value)
        except BaseException as error:
            text = f"<{type(error).__name__}>"
        return text if len(text) <= 200 else f"{text[:200]}..."
    return f"{text}: {short(left)} and {short(right)}"


# The tests of a file.

def load(entry):
    """The module of the tests."""
    name = os.path.basename(entry).removesuffix(".py")
    folder = os.path.dirname(entry)
    if folder:
        sys.path.insert(0, f"{BOX}{folder}")
    with open(BOX + entry, encoding="utf-8") as file:
        source = file.read()
    tree = Explain().visit(ast.parse(source, entry))
    module = types.ModuleType(name)
    module.__file__ = BOX + entry
    module.__dict__["@shown"] = shown
    sys.modules[name] = module
    exec(compile(tree, entry, "exec", dont_inherit=True), module.__dict__)
    return module


def found(module):
    """The tests of a module by their names: what runs each."""
    tests = {}
    for name, item in vars(module).items():
        if isinstance(item, types.FunctionType) and name.startswith("test"):
            tests |= cases(name, item, module, None)
        elif not isinstance(item, type) or skipped(item):
            continue
        elif issubclass(item, unittest.TestCase):
            for method in unittest.defaultTestLoader.getTestCaseNames(item):
                function, full = getattr(item, method), f"{item.__name__}.{method}"
                check(full, function, item)
                if not skipped(function):
                    tests[full] = lambda item=item, method=method: run_case(item(method))
        elif name.startswith("Test"):
            for method in methods(item):
                tests |= cases(f"{name}.{method}", getattr(item, method), module, item)
    return tests


def methods(item):
    """The names of a class's tests, those of what it inherits from first."""
    names = dict.fromkeys(name for base in reversed(item.__mro__) for name in vars(base))
    return [name for name in names if name.startswith("test") and callable(getattr(item, name))]


def check(name, function, case=None):
    """Refuses a test that would not run when it is called, by itself or by its unittest class."""
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError(f"the test {name} yields, so nothing of it would be run")
    if case and inspect.iscoroutinefunction(function) and not issubclass(case, unittest.IsolatedAsyncioTestCase):
        raise TypeError(f"the test {name} is asynchronous, its class is not: unittest.IsolatedAsyncioTestCase")


def skipped(item):
    return getattr(item, "__unittest_skip__", False) or getattr(item, "_is_skipped", False)


def cases(name, function, module, owner):
    check(name, function)
    if skipped(function):
        return {}
    rows = [("", {})]
    for one in [*getattr(owner, "_sets", []), *getattr(function, "_sets", [])]:
        rows = [(f"{told}-{more}" if told else more, {**given, **values}) for told, given in rows for more, values in one]

    def runner(given):
        return lambda: run_function(name.rpartition(".")[2], given, module, owner)
    return {f"{name}[{told}]" if told else name: runner(given) for told, given in rows}


def run_function(name, given, module, owner):
    this = owner() if owner else module
    action = getattr(this, name)
    ends = []
    made = dict(given)

    def need(name):
        if name == "capsys":
            return Captured()
        if name not in made:
            maker = fixture_of(name, module, owner)
            if maker is None:
                raise TypeError(f"there is no fixture {name!r}")
            made[name] = begin(maker)
        return made[name]

    def begin(maker):
        value = maker(**{name: this if name == "self" else need(name) for name in inspect.signature(maker).parameters})
        if inspect.isgenerator(value):
            ends.append(value)
            return next(value)
        return value

    stages = [(module, "module", module), (owner, "class", owner), (this, "method" if owner else "function", action)]
    for where, stage, about in stages:
        perform_step(where, f"setup_{stage}", about)
    try:
        for name in [*vars(module), *dir(owner)]:
            if getattr(fixture_of(name, module, owner), "_is_autouse", False):
                need(name)
        value = action(**{name: need(name) for name in inspect.signature(action).parameters})
        if inspect.iscoroutine(value):
            asyncio.run(value)
    finally:
        for end in reversed(ends):
            next(end, None)
        for where, stage, about in reversed(stages):
            perform_step(where, f"teardown_{stage}", about)


def fixture_of(name, module, owner):
    """The fixture of that name, of the class before that of the module."""
    for item in (getattr(owner, name, None), getattr(module, name, None)):
        if isinstance(item, types.FunctionType) and getattr(item, "_is_fixture", False):
            return item
    return None


def perform_step(where, name, about):
    """Calls what is to be done before or after tests, if there is such a function."""
    if (step := getattr(where, name, None)) is not None:
        step(*[about][: len(inspect.signature(step).parameters)])


def almost(check):
    """A check of two numbers that asks no object of the program for the difference."""
    @functools.wraps(check)
    def checked(case, first, second, *args, **named):
        first, second = plain(first), plain(second)
        if isinstance(first, Remote) != isinstance(second, Remote):
            case.fail(f"an object of the program is no number: {shown(first, second, check.__name__)}")
        return check(case, first, second, *args, **named)
    return checked


for _name in ("assertAlmostEqual", "assertNotAlmostEqual"):
    setattr(unittest.TestCase, _name, almost(getattr(unittest.TestCase, _name)))


class Result(unittest.TestResult):
    def addError(self, test, error):
        self.error = error[1]
        super().addError(test, error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.error = error[1]
        super().addSubTest(test, subtest, error)

    addFailure = addError


def run_case(case):
    result = Result()
    unittest.TestSuite([case]).run(result)
    if hasattr(result, "error"):
        raise result.error
    if result.testsRun != 1 or not result.wasSuccessful() or result.skipped:
        raise AssertionError("the test was not run to its end")


def why(error):
    """What made a test fail, in a few words."""
    kind = type(error).__name__
    try:
        text = str(error)
    except BaseException:
        text = ""
    if not isinstance(error, (AssertionError, Gone)):
        text = f"{kind}: {text}" if text else kind
    _, at = AT.get(id(error), (None, None))
    if at:
        return f"{text} ({at})"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(BOX) and frame.filename != sys.argv[0] or not frame.filename.startswith(("/", "<")):
            if frame.filename == sys.argv[0]:
                continue
            place = f"{frame.filename.removeprefix(BOX)}:{frame.lineno}"
            return f"{place}: {text or frame.line}"
    return text or kind


def main():
    global LINE
    entry, *names = sys.argv[1:]
    sys.modules["pytest"] = pytest_module()
    sys.meta_path.append(Finder())
    if not names:
        LINE = None
        told = list(found(load(entry)))
    else:
        LINE = Tests()
        try:
            found(load(entry))[names[0]]()
            told = "passed"
        except BaseException as error:
            told = {"failed": why(error)}
        if LINE.broken is not None:
            told = {"failed": why(LINE.broken)}
    with open("/run/answer", "w", encoding="utf-8", errors="replace") as file:
        json.dump(told, file)


main()
