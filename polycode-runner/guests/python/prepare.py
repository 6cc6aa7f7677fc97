"""Makes CPython ready for programs; it runs once, before the memory is kept as a snapshot.

Each run begins with `main` in a copy of that memory, so what is imported or warmed up here costs
a run nothing. What must differ between runs, or must not be seen
by the program, is set in `main`.
"""

import atexit
import builtins
import gc
import io
import json
import linecache
import os
import random
import re
import sys
import threading
import traceback
import types
import warnings

# Imported for the programs that will want them.
import abc, argparse, array, asyncio, bisect, calendar, cmath, collections, collections.abc, contextlib, copy  # noqa: E401,F401
import csv, dataclasses, datetime, decimal, difflib, dis, enum, fractions, functools, hashlib, heapq  # noqa: E401,F401
import inspect, itertools, math, numbers, operator, pathlib, pprint, queue, secrets, statistics  # noqa: E401,F401
import string, struct, textwrap, time, typing, unicodedata, unittest, uuid, _strptime  # noqa: E401,F401

BOX = "/box"
ANSWER = "/run/answer"
# Frames that are not the program's: those compiled from what the runtime is told, and those of
# the library, of which there are no lines to show.
FOREIGN = ("<turn ", "/usr/local/lib/")
# Where the output goes that a program has written, whatever it puts into `sys`.
STREAMS = (sys.stdout, sys.stderr)
# Brackets of a JSON text that its scanner, which recurses for each, has stack for by far.
DEEP = 10_000


def main():
    """Does what /run/request.json asks for, and ends the run."""
    os._exit(ended(task("/run/request.json")()))


def task(path):
    """Reads a request, and makes ready what it asks for: that is what is to be called, for the exit
    code."""
    with open(path, encoding="utf-8") as file:
        request = json.load(file)
    # The snapshot's random numbers would be the same for every seed of a run.
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    os.chdir(BOX)
    entry = request["entry"]
    folder = os.path.dirname(entry)
    sys.path.insert(0, f"{BOX}/{folder}" if folder else BOX)
    sys.argv = [entry, *request.get("args", [])]
    for stream in STREAMS:
        stream.reconfigure(line_buffering=True)
    mode = request["mode"]
    # Each of our frames is one less for a recursion of the program's, so none only passes on.
    if mode == "check":
        return functools.partial(check, request["sources"])
    if mode == "call":
        return functools.partial(guarded, lambda: call(entry, request["call"]))
    return functools.partial(guarded, lambda: run(entry))


def check(names):
    """Compiles every source; what is wrong with them goes into the answer."""
    problems = []
    warnings.simplefilter("ignore")
    for name in names:
        try:
            compile(source_of(name), name, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            if isinstance(error, SyntaxError) and error.filename is None:
                error.filename = name
            lines = traceback.format_exception_only(error)
            problems.append("".join(lines) if isinstance(error, SyntaxError) else f"{name}: {lines[-1]}")
        except (RecursionError, MemoryError):
            problems.append(f"{name}: too deeply nested to be compiled\n")
    if problems:
        with open(ANSWER, "w", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(problems))
    return 0


def run(entry):
    """Runs a file as the main program."""
    execute(entry, module_for(entry, "__main__"))
    return 0


def call(entry, request):
    """Loads a file and calls a function of it; its value goes into the answer as JSON."""
    name = os.path.basename(entry).removesuffix(".py")
    module = module_for(entry, name)
    execute(entry, module)
    function = getattr(module, request["function"], None)
    if not callable(function):
        print(f"{entry} has no function named '{request['function']}'", file=sys.stderr)
        return 1
    value = function(*request["args"])
    if isinstance(value, types.CoroutineType):
        value = asyncio.run(value)
    try:
        text = ENCODER.encode(value)
    except (TypeError, ValueError, RecursionError) as error:
        print(f"what {request['function']} returned is not JSON: {error}", file=sys.stderr)
        return 1
    with open(ANSWER, "w", encoding="utf-8") as file:
        file.write(text)
    return 0


# A program may change the one that `json` offers.
ENCODER = json.JSONEncoder(allow_nan=False)


def module_for(entry, name):
    """An empty module of that name, which takes the place of any other."""
    module = types.ModuleType(name)
    module.__file__ = f"{BOX}/{entry}"
    module.__builtins__ = builtins
    sys.modules[name] = module
    if name != "__main__":
        sys.modules["__main__"] = types.ModuleType("__main__")
    return module


def execute(entry, module):
    """Compiles and runs a file, under the name that its author gave it."""
    exec(compile(source_of(entry), entry, "exec", dont_inherit=True), module.__dict__)


def source_of(name):
    """The bytes of a source file; its lines are kept for tracebacks."""
    with open(f"{BOX}/{name}", "rb") as file:
        source = file.read()
    text = source.decode("utf-8", errors="replace").removeprefix("\ufeff")
    lines = io.StringIO(text, newline=None).readlines()
    linecache.cache[name] = (len(source), None, lines, name)
    return source


def guarded(action):
    """The exit code of an action, whatever it raises."""
    try:
        return action()
    except SystemExit as error:
        return code_of(error)
    except BaseException as error:
        if isinstance(error, MemoryError) and not is_raised_by_program(error):
            # The parser, which says so, means its own stack.
            if "stack overflowed" not in str(error):
                exhaust_memory()
        report(error)
        return 1


def is_raised_by_program(error):
    """Whether an exception comes from a `raise`, not from the interpreter."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    return at is not None and at.tb_frame.f_code.co_code[at.tb_lasti] == RAISE


RAISE = dis.opmap["RAISE_VARARGS"]


def exhaust_memory():
    """Asks for more than there can be.

    The interpreter refuses some requests by itself, and the host, who counts what is asked of it,
    would not learn what the program failed for.
    """
    try:
        bytearray(sys.maxsize - 1024)
    except MemoryError:
        pass


def code_of(error):
    """The exit code of a SystemExit."""
    if error.code is None:
        return 0
    if isinstance(error.code, int):
        # Only 0 itself is success: 256 is not.
        return error.code if 0 <= error.code <= 255 else (error.code & 0xFF) or 1
    tell(f"{error.code}\n")
    return 1


def tell(text):
    """Writes to standard error; nothing where the program has taken that away."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
    except BaseException:
        STREAMS[1].write(text)


def report(error):
    """Writes the traceback of an exception, with the program's own frames and file names."""
    try:
        if sys.excepthook is not sys.__excepthook__:
            sys.excepthook(type(error), error, error.__traceback__)
            return
        shorten(error)
        told = traceback.TracebackException.from_exception(error, compact=True)
        tidy(told, set())
        text = "".join(told.format())
    except BaseException:
        text = f"{NAME_OF(type(error))}: its traceback can't be shown\n"
    try:
        sys.stdout.flush()
    except BaseException:
        pass
    tell(text)


# The name of a class, whatever its own class says.
NAME_OF = type.__dict__["__name__"].__get__


def shorten(error):
    """Leaves the innermost frames only where there are many: telling each takes its time.

    Frames of one line are told as one, which costs little: a plain recursion is shown as usual.
    """
    depth = repeated = 0
    at = error.__traceback__
    last = None
    while at is not None:
        here = (at.tb_frame.f_code, at.tb_lineno)
        repeated += here == last
        last = here
        depth += 1
        at = at.tb_next
    if depth <= 100 or (depth <= 1200 and repeated * 2 > depth):
        return
    at = error.__traceback__
    for _ in range(depth - 100):
        at = at.tb_next
    error.__traceback__ = at


def tidy(told, seen):
    """Leaves our own frames out, and folders out of the names of the program's files."""
    if told is None or id(told) in seen:
        return
    seen.add(id(told))
    frames = []
    for frame in told.stack:
        if frame.filename.startswith(FOREIGN):
            continue
        frame.line  # Looked up under the name that the file was loaded by.
        frame.filename = frame.filename.removeprefix(BOX + "/")
        frames.append(frame)
    told.stack[:] = frames
    if told.exc_type_str == "ModuleNotFoundError":
        # A hint about site-packages, which there are none of.
        told._str = str(told._str).partition(". Site initialization")[0]
    if getattr(told, "filename", None):
        told.filename = told.filename.removeprefix(BOX + "/")
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        tidy(other, seen)


def ended(code):
    """Does what the interpreter would do at its end: exit functions, then the last output. The exit
    code."""
    try:
        atexit._run_exitfuncs()
    except SystemExit as error:
        code = code_of(error)
    except BaseException as error:
        report(error)
    for stream in (sys.stdout, sys.stderr, *STREAMS):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except BaseException:
            code = code or 1
    return code


def decode_json(decoder, s, idx=0):
    """`json.JSONDecoder.raw_decode`, whose scanner would use up the stack on a text that is
    nested too deeply."""
    if s.count("[") + s.count("{") > DEEP and json_depth(s) > DEEP:
        raise RecursionError("maximum recursion depth exceeded while decoding a JSON text")
    return DECODE_JSON(decoder, s, idx)


DECODE_JSON = json.JSONDecoder.raw_decode
JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def json_depth(text):
    """How deeply a JSON text is nested."""
    steps = {"[": 1, "{": 1, "]": -1, "}": -1}
    signs = filter(steps.__contains__, JSON_STRING.sub("", text))
    return max(itertools.accumulate(map(steps.__getitem__, signs)), default=0)


class Lock:
    """`threading.Lock` where nobody else could ever give it back: the interpreter's own would
    abort."""

    def __init__(self):
        self._is_taken = False

    def acquire(self, blocking=True, timeout=-1):
        if not self._is_taken:
            self._is_taken = True
            return True
        if not blocking:
            return False
        if timeout < 0:
            raise RuntimeError("every thread is waiting, and nothing can wake one up")
        time.sleep(timeout)
        return False

    def release(self):
        if not self._is_taken:
            raise RuntimeError("release unlocked lock")
        self._is_taken = False

    def locked(self):
        return self._is_taken

    __enter__ = acquire

    def __exit__(self, *_):
        self.release()


class Timers:
    """What asyncio waits for here: there are no sockets, only time passes."""

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("every task is waiting, and nothing can wake one up")
        if timeout > 0:
            time.sleep(timeout)
        return []


class EventLoop(asyncio.BaseEventLoop):
    """An event loop without the sockets that the usual one talks to itself by."""

    def __init__(self):
        super().__init__()
        self._selector = Timers()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


