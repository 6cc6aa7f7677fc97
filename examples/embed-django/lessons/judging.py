"""The one engine of this process."""

from functools import cache

import polycode
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser


@cache
def engine() -> polycode.Engine:
    """The engine, opened when it is first needed: after the web server has forked its workers."""
    return polycode.Engine.open(settings.POLYCODE_STORE)


def engine_for(learner: AbstractBaseUser) -> polycode.Engine:
    """The engine on behalf of a learner, who may do what a learner may."""
    return engine().acting_as(polycode.user(str(learner.pk)))
