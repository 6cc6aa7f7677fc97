

# The program that is tested.

import asyncio
import importlib
import io
import sys
import traceback

PRINTED = []


class Heard(io.TextIOWrapper):
    """Standard output, of which tests may ask what was written."""

    def write(self, text):
        count = super().write(text)
        PRINTED.append(text)
        return count


class Tested(Line):
    def perform(self, request):
        do = request["do"]
        if do == "load":
            return {"value": self.encode(load(request["name"]))}
        if do == "get":
            return {"value": self.encode(getattr(self.decode(request["of"]), request["name"]))}
        if do == "set":
            setattr(self.decode(request["of"]), request["name"], self.decode(request["value"]))
            return {}
        if do == "apply":
            args = [self.decode(arg) for arg in request["args"]]
            if "error" in request:
                args.append(self.exception(request["error"]))
            return {"value": self.encode(APPLY[request["name"]](*args))}
        if do == "printed":
            text = "".join(PRINTED)
            PRINTED.clear()
            return {"value": text}
        if do == "names":
            space = vars(self.decode(request["of"]))
            return {"value": space.get("__all__", [name for name in space if not name.startswith("_")])}
        args = [self.decode(arg) for arg in request["args"]]
        named = {name: self.decode(value) for name, value in request.get("named", {}).items()}
        before = [self.encode(arg) if type(arg) in (list, dict, set) else None for arg in args]
        value = self.decode(request["of"])(*args, **named)
        after = ((index, self.encode(args[index])) for index, was in enumerate(before) if was is not None)
        changed = [[index, now] for index, now in after if now != before[index]]
        return {"value": self.encode(value), **({"changed": changed} if changed else {})}

    def described(self, error):
        told = super().described(error)
        if "yours" in told:
            return told
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename.startswith("/box/") and frame.filename != sys.argv[0]:
                told["at"] = f"{frame.filename.removeprefix('/box/')}:{frame.lineno}"
                break
        return told


def load(name):
    return importlib.import_module(name.removesuffix(".py").replace("/", "."))


def step(items):
    """The next item in a list, which is empty at the end."""
    try:
        return [next(items)]
    except StopIteration:
        return []


def enter(manager):
    return manager.__enter__()


def leave(manager, error=None):
    if error is None:
        return manager.__exit__(None, None, None)
    return manager.__exit__(type(error), error, error.__traceback__)


def awaited(value):
    async def wait():
        return await value
    return asyncio.run(wait())


def primitive(value, hint):
    """What JavaScript makes of an object where it needs a number or a text."""
    return float(value) if hint != "string" and hasattr(value, "__float__") else str(value)


def keys(value):
    return [name for name in getattr(value, "__dict__", {}) if not name.startswith("__")]


def reflected(do):
    return lambda value, other: do(other, value)


APPLY = {name: getattr(operator, f"__{name}__") for name in OPERATIONS if hasattr(operator, f"__{name}__")}
APPLY |= {f"r{name}": reflected(APPLY[name]) for name in ARITHMETIC}
APPLY |= {
    "await": awaited, "bool": bool, "contains": operator.contains, "divmod": divmod, "enter": enter,
    "eq": operator.eq, "exit": leave, "float": float, "format": format, "has": hasattr, "int": int,
    "isinstance": isinstance, "iter": iter, "keys": keys, "len": len, "primitive": primitive, "repr": repr,
    "reversed": reversed, "round": round, "step": step, "str": str,
}


def main():
    folder = os.path.dirname(sys.argv[1])
    if folder:
        sys.path.insert(0, f"/box/{folder}")
    sys.stdout = Heard(sys.stdout.buffer, encoding="utf-8", line_buffering=True)
    line = Tested()
    while True:
        try:
            request = line.receive()
        except Gone:
            return
        line.serve(request)


main()
