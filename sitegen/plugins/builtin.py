"""sitegen's own plug-ins: parts of it that need nothing but what every plug-in has."""

from __future__ import annotations

from sitegen import __version__
from sitegen.plugins.json_feed import JSON_FEED
from sitegen.plugins.plugin import Plugin

BUILT_IN = (Plugin("json-feed", __version__, outputs=(JSON_FEED,)),)
