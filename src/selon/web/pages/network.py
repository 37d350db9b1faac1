"""The page `/network`: who has to do with whom, as a picture, as tables, as files."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any, Final
from urllib.parse import urlencode

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from selon.export import gexf
from selon.export.writing import safe
from selon.library.find import Query
from selon.library.network import KINDS as ONLY
from selon.library.network import TIES, NetworkEdge, NetworkNode
from selon.web import network_view, templating
from selon.web.count_cache import CountCache
from selon.web.network_view import DEPTHS, NetworkQuery, NetworkView
from selon.web.query_params import CHOICES, MAX_CHARS, query_of_address
from selon.web.templating import Asked

ROWS: Final = 60
SORTS: Final = ("n", "source", "target")
KINDS: Final = ("person", "organisation", "outlet", "place", "other")


@get("/network", sync_to_thread=True)
def network(request: Asked) -> Response[str]:
    """The form, the picture (drawn by a script from the API), and its edges and names as tables."""
    shown = network_view.network_view(templating.library_of(request), network_query(request))
    one = shown.picture
    nodes = {node.key: node for node in one.nodes}
    sort = request.query_params.get("sort", "n")
    sort = sort if sort in SORTS else "n"
    page, rows = _page(request), _sort_edges(one.edges, nodes, sort)
    pages = max((len(rows) + ROWS - 1) // ROWS, 1)
    page = min(page, pages)
    return templating.page(
        request,
        "network",
        shown=shown,
        wanted=shown.wanted,
        nodes=nodes,
        ties=TIES,
        kinds=KINDS,
        only=ONLY,
        depths=DEPTHS,
        forms=CHOICES["form"],
        sort=sort,
        page=page,
        pages=pages,
        edges=[(e, _statements(shown, e, nodes)) for e in rows[(page - 1) * ROWS : page * ROWS]],
        data=f"/api/network?{address(shown.wanted)}",
        files={name: f"/network/{name}?{address(shown.wanted)}" for name in WRITERS},
    )


@get("/network/{name:str}", sync_to_thread=True)
def export_network(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """What the picture shows, as a file for other programs."""
    if name not in WRITERS:
        raise NotFoundException
    shown = network_view.network_view(templating.library_of(request), network_query(request))
    kind = "text/csv" if name == "csv" else "application/xml"
    file = f"selon-{shown.wanted.tie}.{name}"
    return templating.file_response(WRITERS[name](request, shown), file, kind)


def network_query(request: Asked) -> NetworkQuery:
    """The network that an address asks for; what it cannot mean is left out."""
    given = request.query_params
    tie = given.get("tie", "quotes")
    least, depth, kind = given.get("least", ""), given.get("depth", "1"), given.get("kind", "")
    return NetworkQuery(
        tie if tie in TIES else "quotes",
        query_of_address(request),
        max(int(least), 1) if least.isascii() and least.isdigit() and len(least) < 10 else None,
        given.get("near", "").strip()[:MAX_CHARS],
        2 if depth == "2" else 1,
        kind if kind in ONLY else "",
    )


def address(one: NetworkQuery) -> str:
    """The query of an address that asks for this network."""
    given = {
        "tie": one.tie,
        "least": one.min_count,
        "near": one.center,
        "depth": one.depth,
        "kind": one.kind,
    }
    own = urlencode([(k, v) for k, v in given.items() if v])
    rest = network_view.query(one.query)
    return f"{own}&{rest}" if rest else own


def _page(request: Asked) -> int:
    page = request.query_params.get("page", "1")
    return max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def _sort_edges(
    edges: tuple[NetworkEdge, ...], nodes: dict[int, NetworkNode], sort: str
) -> list[NetworkEdge]:
    if sort == "n":
        return list(edges)
    # The order by count stays inside one name.
    return sorted(edges, key=lambda e: nodes[getattr(e, sort)].name.casefold())


def _statements(shown: NetworkView, edge: NetworkEdge, nodes: dict[int, NetworkNode]) -> str:
    """Where an edge's statements are read."""
    source, target = TIES[shown.wanted.tie]
    ends = [(source, nodes[edge.source].asks), (target, nodes[edge.target].asks)]
    rest = network_view.query(shown.wanted.query, source, target)
    return f"/?{urlencode(ends)}{'&' if rest else ''}{rest}"


def _csv(request: Asked, shown: NetworkView) -> bytes:
    nodes = {node.key: node for node in shown.picture.nodes}
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("source", "source_type", "target", "target_type", "statements"))
    for edge in shown.picture.edges:
        source, target = nodes[edge.source], nodes[edge.target]
        cells = (source.name, source.type, target.name, target.type, edge.n)
        writer.writerow([safe(cell) for cell in cells])
    return out.getvalue().encode()


def _gexf(request: Asked, shown: NetworkView) -> bytes:
    days = network_view.days(templating.library_of(request), shown)
    return gexf.document(
        {str(node.key): (node.name, node.type) for node in shown.picture.nodes},
        {
            (str(e.source), str(e.target)): gexf.Link(e.n, days.get((e.source, e.target), set()))
            for e in shown.picture.edges
        },
    )


def warm(counts: CountCache) -> None:
    """Count beforehand who is quoted by which outlet, the largest network of a library."""
    counts.count_ahead(*network_view.count_ends("quotes", Query()))


WRITERS: Final = {"gexf": _gexf, "csv": _csv}
ROUTES: Final[list[Any]] = [network, export_network]
