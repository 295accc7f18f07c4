"""The user's directories and settings, and the choice of the corpus."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reader.errors import SettingsError
from reader.model.arguments import is_encoding

# The distribution's name: another project owns `reader` in the config directory.
APPLICATION = "article-reader"
# Stands for a directory that nobody has: nothing can be there, and messages say why.
_NOWHERE = Path(os.devnull, "HOME-is-not-set", APPLICATION)


class Directories(NamedTuple):
    """The user's directories for this application; none need exist."""

    config: Path
    data: Path
    cache: Path

    @property
    def library(self) -> Path:
        """The user's own corpus, which `add` makes."""
        return self.data / "library"


def directories() -> Directories:
    """The directories by the platform's conventions (XDG on Linux)."""
    # Imported here: not every command needs it.
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APPLICATION, appauthor=False)

    def directory(kind: str) -> Path:
        try:
            path: Path = getattr(dirs, f"user_{kind}_path")
        except RuntimeError:  # no HOME, and a user id without an entry of its own
            return _NOWHERE
        return path if path.is_absolute() else _NOWHERE

    return Directories(directory("config"), directory("data"), directory("cache"))


def expand_home(path: str | os.PathLike[str]) -> Path:
    """The path with `~` or `~USER` at its start replaced. Raises SettingsError."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        message = f"{os.fspath(path)}: there is no such home directory; write the path in full"
        raise SettingsError(message, path=path) from error


def bundled_corpus() -> Path:
    """The folder of the articles that come with the package."""
    package = Path(__file__).parent
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parent / "corpus"


def corpus_path(option: Path | None, environment: Mapping[str, str], dirs: Directories) -> Path:
    """The corpus to read: the first of these that exists.

    The option; READER_CORPUS in the environment; `corpus` in the config file; the user's library,
    unless it is empty; the bundled articles. Raises SettingsError for a malformed config file.
    """
    if option is not None:
        return option
    if named := environment.get("READER_CORPUS"):
        return expand_home(named)
    if configured := _read_config(dirs.config / "config.toml").get("corpus"):
        return expand_home(configured)
    if _has_entries(dirs.library):
        return dirs.library
    return bundled_corpus()


def chosen_corpus(option: Path | None = None) -> Path:
    """The corpus to read, in this process's environment. Raises SettingsError."""
    return corpus_path(option, os.environ, directories())


def read_encoding(dirs: Directories) -> str | None:
    """The encoding that the config file names for texts without a mark. Raises SettingsError."""
    return _read_config(dirs.config / "config.toml").get("encoding")


def read_aliases(dirs: Directories) -> tuple[tuple[str, ...], ...]:
    """The groups of aliases in the user's `aliases.toml`: the names of one thing.

    A line of the file has a name and its aliases: `Zangazur = ["Zangezur", "Zəngəzur"]`. Raises
    SettingsError.
    """
    path = dirs.config / "aliases.toml"
    groups = []
    for name, value in _read_toml(path).items():
        aliases = [value] if isinstance(value, str) else value
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            raise SettingsError(
                f'{path}: {name} must have a name or a list of names, as in {name} = ["Other"]',
                path=path,
            )
        groups.append((name, *aliases))
    return tuple(groups)


def _read_config(path: Path) -> dict[str, str]:
    """The settings in the config file; none without a file. Raises SettingsError."""
    settings = _read_toml(path)
    for name, value in settings.items():
        if name not in ("corpus", "encoding"):
            message = f"{path}: no such setting: {name} (there are: corpus, encoding)"
            raise SettingsError(message, path=path)
        if name == "encoding":
            if not isinstance(value, str) or not is_encoding(value):
                message = f'{path}: encoding must be the name of one: encoding = "windows-1251"'
                raise SettingsError(message, path=path)
        elif not isinstance(value, str) or "\0" in value:
            message = (
                f'{path}: {name} must be a string, the path of a folder: {name} = "~/articles"'
            )
            raise SettingsError(message, path=path)
    return settings


def _read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file; empty without a file. Raises SettingsError."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}", path=path) from error
    # Imported here: most users have no such file.
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}", path=path) from error


def _has_entries(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(not entry.name.startswith(".") for entry in entries)
    except OSError:
        return False
