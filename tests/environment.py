"""The environment that tests run in; loaded before Django reads its settings."""

import os
import tempfile
from pathlib import Path

_HOME = Path(tempfile.gettempdir()) / f"mingcha-tests-{os.getuid()}"

os.environ.setdefault("MINGCHA_HOME", str(_HOME))
os.environ.setdefault("MINGCHA_SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("MINGCHA_FIELD_KEYS", "1:" + "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=")
os.environ.setdefault("MINGCHA_INDEX_KEYS", "1:" + "QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=")
os.environ.setdefault("MINGCHA_HOSTS", "127.0.0.1,localhost,testserver")
os.environ.setdefault("MINGCHA_EMAIL_URL", "memorymail://")
os.environ.setdefault("MINGCHA_LOG_LEVEL", "WARNING")
_HOME.mkdir(parents=True, exist_ok=True)
