"""Reading: every format, every way to be broken, nothing lost."""

import gzip
import io
import json
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from pipeline.text.article import LONGEST_TEXT, Article, Reject
from pipeline.text.reading import read_articles


def read(path: Path | str) -> tuple[list[Article], list[Reject]]:
    items = list(read_articles([path]))
    return [i for i in items if isinstance(i, Article)], [i for i in items if isinstance(i, Reject)]


def test_text_is_kept_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Erste Zeile.\r\n  Zweite “Zeile”.\n".encode())
    assert read(path)[0] == [Article("note", "Erste Zeile.\r\n  Zweite “Zeile”.\n")]


def test_front_matter_of_markdown(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nid: x1\ntitle: A: B\ndate: 2025-06-01\nsource: wire\n---\n\nBody.\n", "utf-8")
    assert read(path)[0] == [Article("x1", "Body.", "A: B", "wire", "2025-06-01")]


def test_html_gives_text_title_and_date(tmp_path: Path) -> None:
    body = "".join(f"<p>Paragraph {n} tells at some length of talks that were held in Istanbul.</p>" for n in range(6))
    page = (
        '<html><head><title>Talks held</title><meta property="article:published_time" content="2025-06-02">'
        f"</head><body><nav>Menu</nav><article><h1>Talks held</h1>{body}</article></body></html>"
    )
    path = tmp_path / "page.html"
    path.write_text(page, "utf-8")
    (article,), rejects = read(path)
    assert not rejects
    assert article.title == "Talks held"
    assert article.date == "2025-06-02"
    assert "Paragraph 5" in article.text
    assert "Menu" not in article.text


@pytest.mark.parametrize("packed", [False, True])
def test_json_lines(tmp_path: Path, packed: bool) -> None:
    rows = [{"id": "a", "text": "One.", "source": "s"}, {"text": None}, "no object", {"text": "Two."}]
    content = "\n".join(map(json.dumps, rows)).encode() + b'\n{"text": broken\n\xff\xfe\n'
    path = tmp_path / ("news.jsonl.gz" if packed else "news.jsonl")
    path.write_bytes(gzip.compress(content) if packed else content)
    articles, rejects = read(path)
    assert articles == [Article("a", "One.", source="s"), Article("news-4", "Two.")]
    assert [reject.row for reject in rejects] == [2, 3, 5, 6]


def test_csv(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text('id,text\na,"One, two.\nThree."\nb,\nc,too,many\nd,Four.\n', "utf-8")
    articles, rejects = read(path)
    assert [a.id for a in articles] == ["a", "d"]
    assert [r.row for r in rejects] == [2, 3]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": [1, 2], "text": ["One.", None]}), path)
    articles, rejects = read(path)
    assert articles == [Article("1", "One.")]
    assert rejects[0].row == 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("space.txt", b" \n\t ", "is empty"),
        ("binary.txt", b"abc\0\x01", "NUL"),
        ("latin.txt", "Zürich".encode("latin-1"), "not UTF-8"),
        ("empty.csv", b"", "is empty"),
        ("other.csv", b"id,body\n1,x\n", "no column 'text'"),
        ("empty.jsonl", b"", "is empty"),
        ("fake.parquet", b"PAR1 no", "not a Parquet file"),
        ("page.html", b"<html><body></body></html>", "no article text"),
        ("torn.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 50, mtime=0)[:40], "gzip"),
        ("picture.png", b"\x89PNG", "does not end in one of"),
        ("long.txt", b"x" * (4 * LONGEST_TEXT + 2), "more than"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_the_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    rejects = read(path)[1]
    assert any(reason in reject.reason for reject in rejects)


def test_a_missing_file_is_a_reject(tmp_path: Path) -> None:
    assert "not found" in read(tmp_path / "no.txt")[1][0].reason


def test_folders_and_globs(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "README.md", ".hidden.txt", "c.png"):
        (tmp_path / name).write_text("Text.", "utf-8")
    assert [a.id for a in read(tmp_path)[0]] == ["a", "b"]
    assert [a.id for a in read(f"{tmp_path}/*.txt")[0]] == ["a", "b"]


@pytest.mark.parametrize(("content", "ids"), [(b"Plain.", ["stdin"]), (b'{"id": "j", "text": "x"}\n', ["j"])])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, ids: list[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert [a.id for a in read("-")[0]] == ids
