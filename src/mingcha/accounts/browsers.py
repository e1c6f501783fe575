"""A short name for a browser, so that people recognise their own sessions."""

from __future__ import annotations

import re

_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """ "Chrome 92 · Windows" from a User-Agent header; empty when nothing is recognised."""
    browser = next((label for mark, label in _BROWSERS if f"{mark}/" in user_agent), "")
    system = next((label for mark, label in _SYSTEMS if mark in user_agent), "")
    if browser:
        mark = next(mark for mark, label in _BROWSERS if label == browser)
        version = re.search(rf"{mark}/(\d+)", user_agent)
        browser += f" {version[1]}" if version else ""
    return " · ".join(part for part in (browser, system) if part)
