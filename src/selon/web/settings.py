"""How one reading room is run; checked once, at the start."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from selon.errors import SelonError
from selon.i18n import _


@dataclass(frozen=True, slots=True)
class Settings:
    """What `selon serve` was told.

    `token` is asked of every visitor where it is given; `lang` is the language for those whose
    browser asks for neither French nor English; `by` signs judgements until a reviewer gives a
    name (empty: each is asked for one first); `private` are hosts of a private network from which
    pages may be fetched; `kb` are the knowledge bases that people are looked up in, none for the one that ships.
    Limits: megabytes of one post, posts a minute from one address, rows of a page.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    read_only: bool = False
    lang: str = "fr"
    by: str = "reader"
    post_megabytes: int = 64
    posts_a_minute: int = 240
    rows: int = 20
    kb: tuple[Path, ...] = ()
    private: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.token and not is_loopback(self.host):
            raise SelonError(
                _(
                    "--host {host} lets other machines in: give a password with --token"
                    " (or in SELON_TOKEN)."
                ).format(host=self.host)
            )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
