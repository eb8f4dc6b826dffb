"""Whole numbers by index, most of them nought: in pages that are made when one of their numbers is not."""

from array import array

_BITS = 12
_SIZE, _PLACE = 1 << _BITS, (1 << _BITS) - 1


class Sparse:
    """Numbers from 0 on, 0 where none was put: two bytes for each on a page of small ones, four on any other."""

    def __init__(self) -> None:
        self._pages: dict[int, array[int]] = {}

    def __getitem__(self, index: int) -> int:
        page = self._pages.get(index >> _BITS)
        return 0 if page is None else page[index & _PLACE]

    def __setitem__(self, index: int, number: int) -> None:
        page = self._pages.get(index >> _BITS)
        if page is None:
            page = self._pages[index >> _BITS] = array("H", bytes(2 * _SIZE))
        try:
            page[index & _PLACE] = number
        except OverflowError:
            page = self._pages[index >> _BITS] = array("I", page)
            page[index & _PLACE] = number
