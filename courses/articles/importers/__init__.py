"""Articles found in what people bring: files of many kinds, and text that they paste."""

from courses.articles.importers.archives import is_theme_folder, unpack
from courses.articles.importers.bounded import read, read_pasted
from courses.articles.importers.found import LOST, REASONS, Article, Block, Lost, UnreadableError
from courses.articles.importers.splitting import sections

__all__ = [
    "LOST",
    "REASONS",
    "Article",
    "Block",
    "Lost",
    "UnreadableError",
    "is_theme_folder",
    "read",
    "read_pasted",
    "sections",
    "unpack",
]
