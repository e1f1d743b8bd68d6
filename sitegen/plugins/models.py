"""The `schema.py` of a site: what front matter and data files have to be, as types of Pydantic.

    from pydantic import BaseModel

    class Post(BaseModel):
        level: Literal["easy", "hard"]

    DATA = {"talks": list[Talk]}

The model `Post` is for posts, and `Page` for pages. They get the keys that are not sitegen's, and
their values are what templates find in `page.extra`. `DATA` has the types of data files by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, time
from enum import Enum
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from sitegen.model.front_matter import CheckedData, CheckedKeys, DataType, Objection
from sitegen.model.source import Kind
from sitegen.plugins.plugin import Plugin
from sitegen.text.spelling import did_you_mean

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic.json_schema import GenerateJsonSchema

MODELS: Mapping[str, Kind] = {"Post": Kind.POST, "Page": Kind.PAGE}
"""By the name of a class: the documents that it is for."""
DATA_TYPES = "DATA"
"""The name of the table with the types of data files."""
TYPE_MEANT: Mapping[str, str] = {
    "string_type": "text, which may need quotes",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "decimal_type"), "a number"),
    **dict.fromkeys(("bool_type", "bool_parsing"), "true or false"),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), "a list"),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "a mapping"),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), "a date"),
    **dict.fromkeys(
        ("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
        "a date, which may have a time",
    ),
    **dict.fromkeys(("url_type", "url_parsing"), "an address such as https://example.org/"),
}
"""What a value must be, by the type of the error (docs.pydantic.dev, "Validation Errors")."""


def plugin_of_models(module: ModuleType) -> Plugin | None:
    """The plug-in that checks by the models of a module; None where it has none.

    Raises what Pydantic does for what is no type, and for a name in quotes that there is not.
    """
    models: dict[Kind, Any] = {
        kind: model
        for name, kind in MODELS.items()
        if hasattr(model := getattr(module, name, None), "model_validate")
    }
    for model in models.values():
        model.model_rebuild(_types_namespace=vars(module))
    types = getattr(module, DATA_TYPES, None)
    if not models and not isinstance(types, dict):
        return None
    adapters = {str(name): _adapter(of, module) for name, of in (types or {}).items()}
    return Plugin(
        "schema.py",
        "1",
        front_matter=partial(_checked, models) if models else None,
        front_matter_schema=partial(_schema_of_keys, (*models.values(),)) if models else None,
        data={
            name: DataType(partial(_checked_data, of), partial(_schema, of))
            for name, of in adapters.items()
        },
    )


def _adapter(of: Any, module: ModuleType) -> TypeAdapter[Any]:  # noqa: ANN401 (a type)
    """What checks by a type, in which names of the module may be in quotes."""
    from pydantic import TypeAdapter

    adapter: TypeAdapter[Any] = TypeAdapter(of)
    adapter.rebuild(_types_namespace=vars(module))
    return adapter


def _generator() -> type[GenerateJsonSchema]:
    """What makes JSON Schema; of what that cannot say, it says nothing."""
    from pydantic.json_schema import GenerateJsonSchema

    class Lenient(GenerateJsonSchema):
        ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

        def handle_invalid_for_json_schema(self, *_: object) -> dict[str, Any]:
            return {}

    return Lenient


def _schema_of_keys(models: Iterable[Any]) -> Mapping[str, object]:
    """The keys of all models; each may be without a value, and so is not written."""
    from pydantic.json_schema import models_json_schema

    wanted: list[Any] = [(model, "validation") for model in models]
    references, whole = models_json_schema(wanted, schema_generator=_generator())
    definitions, found = whole["$defs"], dict[str, list[Any]]()
    for reference in references.values():
        model = definitions[reference["$ref"].rpartition("/")[2]]
        for name, schema in model.get("properties", {}).items():
            found.setdefault(name, []).append(schema)
    properties = {name: {"anyOf": [*any_of, {"type": "null"}]} for name, any_of in found.items()}
    return {"properties": _without_dates(properties), "$defs": _without_dates(definitions)}


def _schema(of: TypeAdapter[Any]) -> Mapping[str, object]:
    """The JSON Schema of a type. A date may have a time or none, so its format is left out."""
    schema: Mapping[str, object] = _without_dates(of.json_schema(schema_generator=_generator()))
    return schema


def _without_dates(schema: Any) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(schema, list):
        return [_without_dates(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    is_date = schema.get("format") in ("date", "date-time")
    kept = {key: each for key, each in schema.items() if not (is_date and key == "format")}
    return {key: _without_dates(each) for key, each in kept.items()}


def _checked_data(of: TypeAdapter[Any], value: object) -> CheckedData:
    """The value of a data file as its type has it, or what that has against it."""
    from pydantic import ValidationError

    try:
        checked = of.validate_python(value)
    except ValidationError as error:
        found = error.errors(include_url=False)
        return CheckedData(value, tuple(_objection(each, ()) for each in found))
    return CheckedData(_shown(of.dump_python(checked)))


def _checked(
    models: Mapping[Kind, Any],
    kind: Kind,
    values: Mapping[str, object],
    known: Mapping[str, object],
) -> CheckedKeys:
    """The values as the model of this kind has them, or what it has against them.

    Of what sitegen knows, a model gets what it names, to check it; it is not the site's own.
    """
    if (model := models.get(kind)) is None:
        return CheckedKeys({})
    from pydantic import ValidationError

    keys = {name: field.alias or name for name, field in model.model_fields.items()}
    asked = {key: known[key] for key in keys.values() if key in known and key not in values}
    names = tuple(key for key in keys.values() if key not in asked)
    try:
        checked = model.model_validate({**asked, **values})
    except ValidationError as error:
        found = error.errors(include_url=False)
        return CheckedKeys({}, names, tuple(_objection(each, names) for each in found))
    own = {n: it for n, it in checked.model_dump().items() if keys.get(n, n) not in asked}
    return CheckedKeys({name: _shown(value) for name, value in own.items()}, names)


def _objection(error: Mapping[str, Any], names: Iterable[str]) -> Objection:
    """An error of Pydantic in the words of front matter."""
    kind, keys = error["type"], tuple(error["loc"])
    if kind == "missing":
        return Objection("SG118", keys, "missing", f"add the key '{keys[-1]}'")
    if kind == "extra_forbidden":
        hint = did_you_mean(str(keys[-1]), names) or "remove it, or add it to the model"
        return Objection("SG121", keys, "it has no such key", hint, is_of_key=True)
    if kind in ("literal_error", "enum"):
        choices = str(error["ctx"]["expected"])
        near = did_you_mean(str(error["input"]), re.findall("'(.+?)'", choices))
        listed = choices.replace(" or ", ", ")
        return Objection("SG117", keys, f"one of {listed}", near or f"write {choices}")
    if meant := TYPE_MEANT.get(kind):
        return Objection("SG106", keys, meant, f"write {meant}")
    said = str(error["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return Objection("SG121", keys, said[:1].lower() + said[1:], "see the model in schema.py")


def _shown(value: object) -> object:
    """A value as templates can show it and the engine can compare it."""
    match value:
        case Enum():
            return _shown(value.value)
        case bool() | int() | float() | str() | None | datetime() | date() | time():
            return value
        case Mapping():
            return {str(_shown(key)): _shown(each) for key, each in value.items()}
        case Set():
            return tuple(sorted(map(_shown, value), key=repr))
        case list() | tuple():
            return tuple(map(_shown, value))
    return str(value)  # an address, a path, a number of decimals
