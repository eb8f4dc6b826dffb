"""One walk along the list, from page to page as the tokens lead, and what is wrong with single pages."""

from collections.abc import Sequence

from attrs import define, field

from memory_imports_contract.live.answers import Answer, Gap
from memory_imports_contract.live.bench import Bench
from memory_imports_contract.live.checks.meta import first_page, meta


@define
class Walk:
    """Pages of one walk; `whole` says that it came to the end of the list."""

    pages: list[list[str]] = field(factory=list)
    answers: list[Answer] = field(factory=list)
    whole: bool = False

    @property
    def ids(self) -> list[str]:
        """Every id, in order."""
        return [one for page in self.pages for one in page]


def walk(bench: Bench, size: int, order: str, most: int) -> Walk | None:
    """Follows nextToken; None if a page could not be read."""
    found = Walk()
    token: str | None = None
    for number in range(most):
        query = [("pageSize", str(size)), ("orderBy", order), *([("pageToken", token)] if token else [])]
        rule, where = (
            ("next-token-refused", "/request/query/pageToken") if token else ("good-request-refused", "/request")
        )
        answer = bench.page(*query, rule=rule, where=where)
        if number == 0:
            first_page(bench, answer)
        meta(bench, answer, size, "meta-page-size")
        page = answer.get("imports")
        if page is None:
            if answer.value("imports") is Gap.ABSENT and bench.some_import is not None:
                message = "There are imports, and no list of them."
                _note(bench, "field-vanished", "/answer/body/imports", message, answer)
            return None
        if _faults_of_page(bench, found, page, size, answer):
            return None
        found.pages.append(page)
        found.answers.append(answer)
        token = answer.get("meta", "nextToken")
        if token == "":
            message = "The last page has a nextToken that is empty."
            _note(bench, "next-token-on-last-page", "/answer/body/meta/nextToken", message, answer)
        if not token:
            found.whole = (
                answer.value("meta", "nextToken") is Gap.ABSENT or answer.value("meta") is Gap.ABSENT or token == ""
            )
            break
    return found


def _faults_of_page(bench: Bench, before: Walk, page: Sequence[str], size: int, answer: Answer) -> bool:
    """Notes what makes it useless to go on."""
    where = "/answer/body/imports"
    if len(page) > size:
        _note(bench, "page-size-ignored", where, f"Asked for {size} ids, saw {len(page)} on a page.", answer)
    elif len(set(page)) < len(page) or set(page) & set(before.ids):
        _note(bench, "page-repeats", where, "An id stands on two pages, or twice on one.", answer)
    elif before.pages and not page:
        message = "A nextToken led to an empty page, so the page before was the last."
        _note(bench, "next-token-on-last-page", "/answer/body/meta/nextToken", message, before.answers[-1])
    else:
        return False
    return True


def _note(bench: Bench, rule: str, where: str, message: str, answer: Answer) -> None:
    bench.book.note(rule, answer.operation.name, where, message, answer.exchange)
