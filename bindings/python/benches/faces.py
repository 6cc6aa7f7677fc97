"""What the Python face adds to a call, how many judgings it gets done, and whether memory stays flat.

Prints one JSON object. Run by `cargo xtask bench faces`, which compares it with Rust.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path

import polycode

AT_ONCE = 64


def call_us(engine: polycode.Engine, calls: int) -> float:
    """The microseconds of a call that does next to nothing: the middle one of many."""
    times = []
    for _ in range(calls):
        began = time.perf_counter_ns()
        engine.wallet("ada")
        times.append(time.perf_counter_ns() - began)
    return statistics.median(times) / 1_000


async def acall_us(engine: polycode.AsyncEngine, calls: int) -> float:
    """The same, awaited."""
    times = []
    for _ in range(calls):
        began = time.perf_counter_ns()
        await engine.wallet("ada")
        times.append(time.perf_counter_ns() - began)
    return statistics.median(times) / 1_000


async def judge(runner: polycode.AsyncRunner, case: polycode.Case, judgings: int) -> float:
    """Judges so many times, 64 at once; gives how many in a second."""
    left = judgings

    async def work() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            report = await runner.judge(case)
            assert report.verdict == polycode.Verdict.PASSED

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return judgings / (time.perf_counter() - began)


def rss_mib() -> float:
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line]
    return int(line.split()[1]) / 1024


async def measure(
    cases: list[polycode.Case], calls: int, judgings: int, leaks: int
) -> dict[str, float | list[float]]:
    runner = polycode.AsyncRunner(queue=AT_ONCE)
    async with await polycode.AsyncEngine.open("memory:", runner=runner) as engine:
        await acall_us(engine, calls // 10)
        awaited = await acall_us(engine, calls)
    per_second = []
    for case in cases:
        await judge(runner, case, AT_ONCE)
        per_second.append(await judge(runner, case, judgings))
    await judge(runner, cases[0], leaks // 10)
    before = rss_mib()
    await judge(runner, cases[0], leaks)
    return {
        "awaitedCallUs": awaited,
        "judgedPerSecond": per_second,
        "rssBeforeMib": before,
        "rssAfterMib": rss_mib(),
    }


def main() -> None:
    calls, judgings, leaks = map(int, sys.argv[1:4])
    cases = [json.loads(Path(file).read_bytes()) for file in sys.argv[4:]]
    with polycode.Engine.open("memory:") as engine:
        call_us(engine, calls // 10)
        waited = call_us(engine, calls)
    found = asyncio.run(measure(cases, calls, judgings, leaks))
    print(json.dumps({"callUs": waited} | found))


if __name__ == "__main__":
    main()
