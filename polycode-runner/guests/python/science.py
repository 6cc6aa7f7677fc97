"""Loads what programs in data science begin with, before the snapshot is taken."""

import numpy  # noqa: F401
import pandas  # noqa: F401
import scipy  # noqa: F401
import scipy.cluster, scipy.fft, scipy.integrate, scipy.interpolate, scipy.linalg, scipy.ndimage  # noqa: E401,F401
import scipy.optimize, scipy.signal, scipy.sparse, scipy.spatial, scipy.special, scipy.stats  # noqa: E401,F401

