"""Makes the documents of `tests/corpus/documents` that LibreOffice has to write, from those in `tests/corpus/office`.

Run by hand (`python tests/corpus/make_office_files.py`) where LibreOffice is installed, and commit what it made: the
tests read the files and need no LibreOffice. Beside each file stands by hand what must be read.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

CORPUS = Path(__file__).parent
SOURCES, DOCUMENTS = CORPUS / "office", CORPUS / "documents"
KINDS = {
    "bao-cao.fodt": "report", "so-lieu.fods": "figures", "trinh-chieu.fodp": "slides",
    "phong-chu-cu.fodt": "legacy-fonts",
}  # fmt: skip
# Each source, and the extensions and filters of what is made of it.
FILES = {
    "bao-cao.fodt": {
        "odt": "odt", "docx": "docx", "doc": "doc", "rtf": "rtf", "html": "html", "pdf": "pdf",
        "xml": "xml:MS Word 2003 XML",
    },
    "so-lieu.fods": {"ods": "ods", "xlsx": "xlsx", "xls": "xls", "xml": "xml:MS Excel 2003 XML"},
    "trinh-chieu.fodp": {"odp": "odp", "pptx": "pptx"},
    "phong-chu-cu.fodt": {"odt": "odt", "docx": "docx", "doc": "doc", "rtf": "rtf"},
}  # fmt: skip


def main() -> None:
    for source, filters in FILES.items():
        for extension, chosen in filters.items():
            with tempfile.TemporaryDirectory() as folder:
                command = ["soffice", "--headless", "--convert-to", chosen, "--outdir", folder, SOURCES / source]
                subprocess.run(command, check=True, capture_output=True)
                made = Path(folder, source).with_suffix(f".{extension}")
                shutil.copy(made, DOCUMENTS / f"libreoffice-{KINDS[source]}.{extension}")


if __name__ == "__main__":
    main()
