"""Where things are: the directories of the platform, the config file, the choice of corpus."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reader.errors import SettingsError

# The distribution's name: another project owns `reader` in the config directory.
APPLICATION = "article-reader"


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
    """The directories as the platform has them (XDG on Linux)."""
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APPLICATION, appauthor=False)
    return Directories(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path)


def bundled_corpus() -> Path:
    """The folder of the articles that come with the package."""
    package = Path(__file__).parent
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parent / "corpus"


def corpus_path(option: Path | None, environment: Mapping[str, str], dirs: Directories) -> Path:
    """The corpus to read: the option, else READER_CORPUS, else the config file's `corpus`, else
    the user's library if it has anything in it, else the bundled articles.

    Raises SettingsError for a config file that cannot be understood.
    """
    if option is not None:
        return option
    if named := environment.get("READER_CORPUS"):
        return Path(named).expanduser()
    if configured := _read_config(dirs.config / "config.toml").get("corpus"):
        return Path(configured).expanduser()
    if _has_entries(dirs.library):
        return dirs.library
    return bundled_corpus()


def chosen_corpus(option: Path | None = None) -> Path:
    """The corpus to read, in this process's environment. Raises SettingsError."""
    return corpus_path(option, os.environ, directories())


def read_aliases(dirs: Directories) -> tuple[tuple[str, ...], ...]:
    """What the user's `aliases.toml` says are names of one thing, a row for each thing.

    Each line of the file has one name, then the others: `Zangazur = ["Zangezur", "Zəngəzur"]`.
    Raises SettingsError.
    """
    path = dirs.config / "aliases.toml"
    rows = []
    for name, others in _read_toml(path).items():
        names = [others] if isinstance(others, str) else others
        if not isinstance(names, list) or not all(isinstance(other, str) for other in names):
            raise SettingsError(
                f'{path}: {name} must have a name or a list of names, as in {name} = ["Other"]',
                path=path,
            )
        rows.append((name, *names))
    return tuple(rows)


def _read_config(path: Path) -> dict[str, str]:
    """The settings in the config file; empty when there is none."""
    settings = _read_toml(path)
    for name, value in settings.items():
        if name != "corpus":
            message = f"{path}: no such setting: {name} (there is: corpus)"
            raise SettingsError(message, path=path)
        if not isinstance(value, str):
            message = f'{path}: {name} must be a string, as in {name} = "~/articles"'
            raise SettingsError(message, path=path)
    return settings


def _read_toml(path: Path) -> dict[str, Any]:
    """What is in a TOML file; empty when there is none."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}", path=path) from error
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}", path=path) from error


def _has_entries(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(not entry.name.startswith(".") for entry in entries)
    except OSError:
        return False
