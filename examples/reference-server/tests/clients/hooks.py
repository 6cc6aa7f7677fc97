"""What schemathesis is told of the server that a document can't say."""

from re import fullmatch
from typing import Any
from uuid import uuid4

import schemathesis


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A key names one request for a day: two tests that know nothing of each other have two."""
    for name, key in (case.headers or {}).items():
        if name.lower() == "idempotency-key" and fullmatch("[!-~]{1,255}", str(key)):
            case.headers[name] = f"{uuid4()}{key}"[:255]
    case.body = written(case.body)


def written(value: Any) -> Any:
    """Whole numbers are written without a fraction, as `1` and not as `1.0`."""
    if isinstance(value, dict):
        return {name: written(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [written(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
