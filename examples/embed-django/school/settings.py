"""The settings of a small school. The school's data and PolyCode's are in databases of their own."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("SCHOOL_DATA", BASE_DIR / "data"))

DATA.mkdir(parents=True, exist_ok=True)

SECRET_KEY = os.environ.get("SCHOOL_SECRET", "only-for-development")
DEBUG = "SCHOOL_SECRET" not in os.environ
ALLOWED_HOSTS = os.environ.get("SCHOOL_HOSTS", "localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "lessons",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
ROOT_URLCONF = "school.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA / "school.db"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "courses"
USE_TZ = True

POLYCODE_STORE = os.environ.get("POLYCODE_STORE", f"sqlite:{DATA / 'polycode.db'}")
