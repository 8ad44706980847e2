"""Cuts Debian's Noto Sans to the web fonts that static/app.css names.

Run with --made to ask only whether they are there. The letters asked for are the unicode ranges
in app.css; a file made from an older version of this script is made again.
"""

import hashlib
import sys
import tempfile
from pathlib import Path

SOURCE = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).resolve().parents[2] / "static" / "vendor"
STAMP = TARGET / "made-from"

LATIN = (
    "0000-00FF 0131 0152-0153 02BB-02BC 02C6 02DA 02DC 0300-0304 0308 0329 2000-206F 20AC "
    "2122 2190-2193 2212 2215 FEFF FFFD"
)
LATIN_EXT = "0100-024F 0259 1E00-1EFF 2020 20A0-20AB 20AD-20C0 2113"
ARABIC = "0600-06FF 0750-077F 08A0-08FF 200C-200E 2010-2011 204F 2E41 FB50-FDFF FE70-FEFF"

# Web font, the file of fonts-noto-core it is cut from, and its letters.
FONTS = (
    ("noto-sans-latin.woff2", "NotoSans-Regular.ttf", LATIN),
    ("noto-sans-latin-bold.woff2", "NotoSans-Bold.ttf", LATIN),
    ("noto-sans-latin-ext.woff2", "NotoSans-Regular.ttf", LATIN_EXT),
    ("noto-sans-latin-ext-bold.woff2", "NotoSans-Bold.ttf", LATIN_EXT),
    ("noto-sans-arabic.woff2", "NotoSansArabic-Regular.ttf", ARABIC),
    ("noto-sans-arabic-bold.woff2", "NotoSansArabic-Bold.ttf", ARABIC),
)


def this_version() -> str:
    """Return the mark of this script, so that a change of letters makes the fonts again."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def are_made() -> bool:
    """Say whether every font is there and was cut by this version."""
    return (
        STAMP.exists()
        and STAMP.read_text("ascii") == this_version()
        and all((TARGET / name).stat().st_size for name, _, _ in FONTS if (TARGET / name).exists())
        and all((TARGET / name).exists() for name, _, _ in FONTS)
    )


def cut(source: Path, target: Path, letters: str) -> None:
    """Write the letters of one font, packed for the web, with what shapes Arabic kept."""
    from fontTools.subset import (  # noqa: PLC0415 -- --made is asked often and needs none of it
        Options,
        Subsetter,
        load_font,
        parse_unicodes,
        save_font,
    )

    options = Options(flavor="woff2", layout_features=["*"], hinting=False, notdef_outline=True)
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(letters.replace(" ", ",")))
    subsetter.subset(font)
    save_font(font, str(target), options)


def main() -> int:
    """Cut all fonts beside their place, then move them in: no half file is ever served."""
    if "--made" in sys.argv[1:]:
        return 0 if are_made() else 1
    lacking = sorted({file for _, file, _ in FONTS if not (SOURCE / file).exists()})
    if lacking:
        print(f"Not found in {SOURCE}: {', '.join(lacking)}.", file=sys.stderr)
        return 1
    try:
        TARGET.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=TARGET) as folder:
            for name, file, letters in FONTS:
                cut(SOURCE / file, Path(folder, name), letters)
            for name, _, _ in FONTS:
                Path(folder, name).chmod(0o644)
                Path(folder, name).replace(TARGET / name)
        STAMP.write_text(this_version(), "ascii")
    except OSError as error:
        print(f"The web fonts could not be written: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
