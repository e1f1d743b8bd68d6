"""JSON Schema for editors: of `sitegen.toml`, of front matter with the site's own fields, of data.

Draft 7 (json-schema.org/draft-07), since editors know that one for TOML and YAML. What sitegen
takes without a word is not refused, but for other spellings of a key where unknown ones are
forbidden; what it refuses is, but for dates and languages, which are for `sitegen build` to check.
What hovers over a key is the docstring of its attribute in `config.schema`.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sitegen import MANUAL
from sitegen.build.code_schemas import CodeSchemas
from sitegen.config.load import SEVERITIES
from sitegen.config.own_fields import FIELD_TYPES
from sitegen.config.schema import KEY_IN_FILE, Config, FieldConfig
from sitegen.config.values import CHOICES
from sitegen.model.codes import CODES
from sitegen.model.document import Meta
from sitegen.model.fields import Field, FieldType, declared
from sitegen.sources.rewrite import put

SCHEMA_FOLDER = ".schema"
"""Where editors find the schemas of a site, below its folder."""
_DRAFT = "http://json-schema.org/draft-07/schema#"

Schema = dict[str, Any]

_SCALAR = ("string", "number", "boolean")
"""What YAML reads as a number or a flag is a text where one is wanted."""
_TEXT: Schema = {"type": [*_SCALAR]}
_FLAG_WORD = "^([Yy]es|YES|[Oo]n|ON|[Nn]o|NO|[Oo]ff|OFF|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"
_FLAG: Schema = {
    "type": ["boolean", "string"],
    "pattern": _FLAG_WORD,
    "patternErrorMessage": "This must be true or false.",
}
"""What YAML 1.1 reads as true or false; to editors, which read YAML 1.2, `yes` is a text."""
_LIST: Schema = {"type": [*_SCALAR, "array"], "items": {"type": [*_SCALAR, "null"]}}
_AUTHOR: Schema = {
    "type": [*_SCALAR, "object", "null"],
    "properties": {"name": _LIST["items"]},
    "required": ["name"],
}
_PLAIN: Mapping[type, str] = {str: "string", int: "integer", bool: "boolean", float: "number"}
OF_TYPE: Mapping[FieldType, Schema] = {
    FieldType.TEXT: _TEXT,
    FieldType.FLAG: _FLAG,
    FieldType.NUMBER: {"type": ["number"]},
    FieldType.MOMENT: {"type": ["string"]},
    FieldType.NAMES: _LIST,
    FieldType.AUTHORS: {**_AUTHOR, "type": [*_SCALAR, "object", "array"], "items": _AUTHOR},
    FieldType.PATHS: _LIST,
}
"""What front matter may say for a field of sitegen; or nothing."""
_OF_OTHERS: Mapping[str, Schema] = {
    "image": {"type": [*_SCALAR, "object"]},
    "published": {"pattern": f"{_FLAG_WORD}|\\d{{4}}"},
    "series": {**_LIST, "minItems": 1, "items": [_LIST["items"]]},
    "toc": {"type": ["boolean", "string", "object"]},
}
"""What a key may have besides, because posts of other generators have it."""
OF_OWN_TYPE: Mapping[str, Schema] = {
    "string": _TEXT,
    "integer": {"type": ["integer"]},
    "number": {"type": ["number"]},
    "boolean": _FLAG,
    "date": {"type": ["string"]},
    "url": {
        "type": ["string"],
        "pattern": "^\\s*[A-Za-z][A-Za-z0-9+.-]*:([^\\s/]|//[^\\s/?#])\\S*\\s*$",
    },
    "file": {**_TEXT, "not": {"type": "string", "pattern": "^\\s*([A-Za-z][A-Za-z0-9+.-]*:|//)"}},
    "post": _TEXT,
}
"""The same for those that a site declares; lists and objects are made of them."""
_WORDS_OF: Mapping[tuple[str, ...], Iterable[str]] = {
    **CHOICES,
    ("type",): FIELD_TYPES,
    ("items",): FIELD_TYPES[:-1],
}
"""The only words that a key of the configuration takes, or one of a field."""


def schemas(config: Config, code: CodeSchemas = CodeSchemas()) -> Mapping[str, Schema]:  # noqa: B008
    """Each schema of a site, by its name; `code` is what its code adds."""
    data = {f"data/{name}": {"$schema": _DRAFT, **each} for name, each in code.data.items()}
    front_matter = schema_of_front_matter(config)
    for each in code.front_matter:
        front_matter["properties"] = {**each["properties"], **front_matter["properties"]}
        front_matter.setdefault("$defs", {}).update(each.get("$defs", {}))
    return {"config": schema_of_configuration(), "front-matter": front_matter, **data}


def schema_text(schema: Schema) -> str:
    """The schema as a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_files(found: Mapping[str, Schema]) -> dict[str, str]:
    """The text of each of these schemas, by its path in a site."""
    return {f"{SCHEMA_FOLDER}/{name}.json": schema_text(each) for name, each in found.items()}


def write_schemas(site: Path, found: Mapping[str, Schema]) -> tuple[Path, ...]:
    """Write the schemas of a site, in place of older ones, and return where they are."""
    files = {site / path: text for path, text in schema_files(found).items()}
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        put(file, text.encode())
    return (*files,)


def schema_of_front_matter(config: Config) -> Schema:
    """The schema of the front matter of posts and pages.

    A field that only some documents have is required by none of them: a schema does not know
    which file it is about.
    """
    properties: Schema = {}
    for field in declared(Meta).values():
        of_type = OF_TYPE[field.type] | {"description": field.meaning}
        properties |= {name: of_type | _default_of(field) for name in field.names}
        if field.opposite:
            meaning = f"the opposite of `{field.name}`"
            properties[field.opposite] = OF_TYPE[field.type] | {"description": meaning}
    properties = {
        name: _or_nothing(each | _OF_OTHERS.get(name, {})) for name, each in properties.items()
    }
    own = {name: _of_field(field) for name, field in config.fields.items()}
    required = [n for n, it in config.fields.items() if it.required and not it.documents]
    return {
        "$schema": _DRAFT,
        "title": "Front matter",
        "description": f"The keys of a post or page: {MANUAL}front-matter/",
        "type": "object",
        "properties": properties | own,
        "required": required,
        "additionalProperties": config.content.unknown != "forbid",
    }


def _or_nothing(schema: Schema) -> Schema:
    """The schema of a key that may be there without a value: it is then not written."""
    found = {**schema, "type": [*schema["type"], "null"]}
    return found | {"enum": [*schema["enum"], None]} if "enum" in schema else found


def _default_of(field: Field) -> Schema:
    return {"default": field.default} if field.default not in (None, (), "") else {}


def _of_field(field: FieldConfig) -> Schema:
    schema: Schema
    if field.type == "list":
        entry = FieldConfig(type=field.items, choices=field.choices, fields=field.fields)
        schema = {"type": ["array"], "items": _of_field(entry)}
    elif field.type == "object":
        inner = {name: _of_field(each) for name, each in field.fields.items()}
        required = [name for name, each in field.fields.items() if each.required]
        schema = {"type": ["object"], "properties": inner, "required": required}
    else:
        schema = dict(OF_OWN_TYPE[field.type])
        if field.choices:
            schema["enum"] = [*field.choices, *_as_read(field.choices)]
    if about := _about(field):
        schema["description"] = about
    if field.default is not None:
        schema["default"] = _json(field.default)
    return schema if field.required else _or_nothing(schema)


def _as_read(choices: Iterable[object]) -> Iterator[object]:
    """What YAML makes of the texts among these that look like something else."""
    for text in choices:
        with suppress(ValueError):
            if isinstance(text, str):
                yield json.loads(text)


def _about(field: FieldConfig) -> str:
    """What a field is, and which documents have it."""
    whose = f"Of {field.documents}{', which must have it' if field.required else ''}."
    return " ".join(filter(None, (field.description, whose if field.documents else "")))


def schema_of_configuration() -> Schema:
    """The schema of `sitegen.toml`."""
    return {
        "$schema": _DRAFT,
        "title": "sitegen.toml",
        "description": f"The configuration of a site: {MANUAL}configuration/",
        **_of_table(Config, ()),
        "definitions": {FieldConfig.__name__: _of_table(FieldConfig, ())},
    }


def _of_table(kind: Any, path: tuple[str, ...]) -> Schema:  # noqa: ANN401 (a dataclass)
    """The schema of a table, to which these keys lead."""
    types, meanings, required = get_type_hints(kind), _meanings(kind), []
    properties: Schema = {}
    for each in fields(kind):
        key = each.metadata.get(KEY_IN_FILE, each.name)
        about = {"description": meanings[each.name]} if each.name in meanings else {}
        properties[key] = _of_type(types[each.name], (*path, key)) | about
        if isinstance(each.default, str | int | tuple):
            properties[key]["default"] = _json(each.default)
        elif each.default is MISSING and each.default_factory is MISSING:
            required.append(key)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _of_type(kind: Any, path: tuple[str, ...]) -> Schema:  # noqa: ANN401 (a type)
    """The schema of what these keys lead to, by its type in the dataclass."""
    if get_origin(kind) is UnionType:  # with None, which TOML does not have
        kind = get_args(kind)[0]
    if words := _WORDS_OF.get(path):
        return {"enum": list(words)}
    if path == ("diagnostics",):
        return {
            "type": "object",
            "properties": {
                code: {"enum": list(SEVERITIES), "description": it.meaning}
                for code, it in CODES.items()
            },
            "additionalProperties": False,
        }
    if kind is FieldConfig:
        return {"$ref": f"#/definitions/{kind.__name__}"}
    if is_dataclass(kind):
        return _of_table(kind, path)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of_type(get_args(kind)[0], path)}
    if get_origin(kind) is Mapping:
        return {"type": "object", "additionalProperties": _of_type(get_args(kind)[1], path)}
    return {"type": _PLAIN[kind]} if kind in _PLAIN else {}


def _meanings(kind: type) -> Mapping[str, str]:
    """What the docstrings below the attributes of a class say, by attribute."""
    (tree,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(tree, ast.ClassDef)
    return {
        attribute.target.id: " ".join(text.value.value.split())
        for attribute, text in pairwise(tree.body)
        if isinstance(attribute, ast.AnnAssign)
        and isinstance(attribute.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _json(value: object) -> object:
    """A value of TOML as one of JSON."""
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
