"""The environment that tests run in; loaded before Django reads its settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "MINGCHA_HOME" not in os.environ:
    # A home of its own for every run: two at once must not meet in one database. Workers inherit it.
    os.environ["MINGCHA_HOME"] = tempfile.mkdtemp(prefix="mingcha-tests-")
    atexit.register(shutil.rmtree, os.environ["MINGCHA_HOME"], ignore_errors=True)

os.environ.setdefault("MINGCHA_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("MINGCHA_FIELD_KEYS", "1:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=")
os.environ.setdefault("MINGCHA_INDEX_KEYS", "1:" + "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=")
os.environ.setdefault("MINGCHA_PUBLIC_URL", "https://mc.example.test")
os.environ.setdefault("MINGCHA_HOSTS", "127.0.0.1,localhost,testserver")
os.environ.setdefault("MINGCHA_EMAIL_URL", "memorymail://")
os.environ.setdefault("MINGCHA_LOG_LEVEL", "WARNING")
Path(os.environ["MINGCHA_HOME"]).mkdir(parents=True, exist_ok=True)
