"""The smaller copies of images, beside the file of each: `fox.jpg.800.avif`."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import Output, VariantSubject
from sitegen.model.picture import Picture
from sitegen.outputs.files import FILES
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan

_NAME = "image"


def _plan(site: SitePlan) -> Iterator[Output]:
    if not any(picture.variants for picture in site.pictures.values()):
        return
    for image in FILES.plan(site):
        picture = site.pictures.get(image.url)
        for variant in picture.variants if picture else ():
            path, url = f"{image.path}{variant.name}", f"{image.url}{variant.name}"
            subject = VariantSubject(image.url, variant.name)
            yield Output(path, url, _NAME, image.owner, subject, image.source)


def _render(output: Output, context: RenderContext) -> bytes:
    assert isinstance(output.subject, VariantSubject)
    picture: Picture = context.view.read(f"image:{output.subject.url}")
    variant = next(it for it in picture.variants if it.name == output.subject.name)
    return context.stored.variant(picture.key, variant)


VARIANTS = OutputKind(_NAME, _plan, render=_render)
