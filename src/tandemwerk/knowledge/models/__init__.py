"""Tables of the library."""

from tandemwerk.knowledge.models.articles import (
    Article,
    ArticleAuthor,
    ArticleFile,
    ArticleResponse,
    Term,
    carriers_of,
    left_to_the_office,
)
from tandemwerk.knowledge.models.local import LocalPage, LocalRegion
from tandemwerk.knowledge.models.readers import (
    ArticleComment,
    ArticleFeedback,
    ArticleLink,
    ArticleUse,
    ReadingList,
    ReadingListItem,
)

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleComment",
    "ArticleFeedback",
    "ArticleFile",
    "ArticleLink",
    "ArticleResponse",
    "ArticleUse",
    "LocalPage",
    "LocalRegion",
    "ReadingList",
    "ReadingListItem",
    "Term",
    "carriers_of",
    "left_to_the_office",
]
