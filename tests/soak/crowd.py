"""People in files, made by a seed, and what has to become of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from attrs import frozen

HEADER = ("email", "firstName", "city")
COLUMNS = tuple(word for name in HEADER for word in ("--map", f"{name}=Contact.{name}"))
_SHARE_OF_REGULARS = 0.2
_REGULARS = 5

Traits = Mapping[str, str]


@frozen
class Crowd:
    """Files and the profiles that they make, by the address; `rows` are those of all files."""

    files: Sequence[Path]
    rows: int
    profiles: Mapping[str, Traits]


def crowd(folder: Path, seed: int, files: int, rows: int) -> Crowd:
    """Write files for `--blank keep`.

    One file is as plain as can be. Several have regulars, who are in many rows and files, and cells that are blank: so
    rows have to be parted by what they fill, and the parts to wait for each other.
    """
    random = Random(seed)  # noqa: S311 - it has to be foreseen
    profiles: dict[str, dict[str, str]] = {}
    paths = []
    for number in range(files):
        # As files of one export every day are: of one name, and often of one length.
        path = folder / str(number) / "people.csv"
        path.parent.mkdir()
        lines = [",".join(HEADER)]
        for row in range(rows):
            person = _regular(random) if files > 1 and random.random() < _SHARE_OF_REGULARS else f"p{number}-{row}"
            traits = {"email": f"{person}@s{seed}.example", "firstName": f"N{number}-{row}", "city": f"C{number}-{row}"}
            if files > 1:
                traits[random.choice(HEADER[1:])] = random.choice(("", "X"))
            lines.append(",".join(traits.values()))
            filled = {name: value for name, value in traits.items() if value}
            profiles.setdefault(traits["email"], {}).update(filled)
        path.write_text("\n".join([*lines, ""]))
        paths.append(path)
    return Crowd(paths, files * rows, profiles)


def _regular(random: Random) -> str:
    return f"regular{random.randrange(_REGULARS)}"
