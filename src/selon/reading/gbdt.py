"""Small decision trees as data: each adds its leaf's value to a sum, by a few readable features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from selon.errors import SelonError
from selon.tsv import numbered_rows

LEAF: Final = "="


class TreeNode(NamedTuple):
    """A question (is the feature at most `value`? then `left`, else `right`) or, without a feature, a leaf."""

    feature: str
    value: float
    left: int = 0
    right: int = 0


Tree = tuple[TreeNode, ...]


def leaf_sum(trees: Sequence[Tree], features: Mapping[str, float]) -> float:
    """The sum of the leaves that some features reach."""
    out = 0.0
    for tree in trees:
        feature, value, left, right = tree[0]
        while feature:
            feature, value, left, right = tree[left if features[feature] <= value else right]
        out += value
    return out


def tree_lines(trees: Sequence[Tree]) -> list[str]:
    """A line a node: tree, node, feature (`=` for a leaf), value, and where a question leads."""
    return [
        f"{t}\t{n}\t{node.feature or LEAF}\t{node.value:.6g}"
        + (f"\t{node.left}\t{node.right}" if node.feature else "")
        for t, tree in enumerate(trees)
        for n, node in enumerate(tree)
    ]


def read_trees(path: Path, known: Sequence[str]) -> tuple[Tree, ...]:
    """The trees of a table; a broken line, or a feature that nobody gives, is named."""
    trees: list[list[TreeNode]] = []
    for number, cells in numbered_rows(path.read_text(encoding="utf-8")):
        try:
            tree, _at, feature, value, *ways = cells
            left, right = (int(way) for way in ways) if ways else (0, 0)
            node = TreeNode("" if feature == LEAF else feature, float(value), left, right)
            if int(tree) == len(trees):
                trees.append([])
            trees[int(tree)].append(node)
        except (ValueError, IndexError):
            raise SelonError(f"{path.name}:{number}: {cells!r} is no node of a tree") from None
        if node.feature and node.feature not in known:
            raise SelonError(f"{path.name}:{number}: there is no feature {node.feature!r}")
    return tuple(tuple(tree) for tree in trees)
