"""The service that counts visits, if the site wants one."""

from __future__ import annotations

from sitegen.config.schema import AnalyticsConfig
from sitegen.model.dataclass import dataclass

SERVICES = {
    "goatcounter": ("https://gc.zgo.at/count.js", "goatcounter"),
    "plausible": ("https://plausible.io/js/script.js", "domain"),
    "umami": ("https://cloud.umami.is/script.js", "website-id"),
}
"""The script of each provider's own service, and its `data-` attribute that names the site."""


@dataclass(frozen=True, slots=True)
class Analytics:
    """How a page tells a service that it is read."""

    script: str
    """The address of the service's script."""
    attribute: str
    """What is behind `data-` in the name of the attribute that names the site."""
    site: str


def analytics_of(config: AnalyticsConfig) -> Analytics | None:
    """The service of a site; None where it has none."""
    if config.provider is None:
        return None
    script, attribute = SERVICES[config.provider]
    return Analytics(config.script or script, attribute, config.site)
