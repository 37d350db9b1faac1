"""Small decision trees as data: each adds its leaf's value to a sum, by a few readable signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from selon.errors import SelonError
from selon.tsv import numbered_rows

LEAF: Final = "="


class TreeNode(NamedTuple):
    """A question (is the sign at most `value`? then `left`, else `right`) or, without a sign, a leaf."""

    sign: str
    value: float
    left: int = 0
    right: int = 0


Tree = tuple[TreeNode, ...]


def leaf_sum(trees: Sequence[Tree], signs: Mapping[str, float]) -> float:
    """The sum of the leaves that some signs reach."""
    out = 0.0
    for tree in trees:
        sign, value, left, right = tree[0]
        while sign:
            sign, value, left, right = tree[left if signs[sign] <= value else right]
        out += value
    return out


def tree_lines(trees: Sequence[Tree]) -> list[str]:
    """A line a node: tree, node, sign (`=` for a leaf), value, and where a question leads."""
    return [
        f"{t}\t{n}\t{node.sign or LEAF}\t{node.value:.6g}"
        + (f"\t{node.left}\t{node.right}" if node.sign else "")
        for t, tree in enumerate(trees)
        for n, node in enumerate(tree)
    ]


def read_trees(path: Path, known: Sequence[str]) -> tuple[Tree, ...]:
    """The trees of a table; a broken line, or a sign that nobody gives, is named."""
    trees: list[list[TreeNode]] = []
    for number, cells in numbered_rows(path.read_text(encoding="utf-8")):
        try:
            tree, _at, sign, value, *ways = cells
            left, right = (int(way) for way in ways) if ways else (0, 0)
            node = TreeNode("" if sign == LEAF else sign, float(value), left, right)
            if int(tree) == len(trees):
                trees.append([])
            trees[int(tree)].append(node)
        except (ValueError, IndexError):
            raise SelonError(f"{path.name}:{number}: {cells!r} is no node of a tree") from None
        if node.sign and node.sign not in known:
            raise SelonError(f"{path.name}:{number}: there is no sign {node.sign!r}")
    return tuple(tuple(tree) for tree in trees)
