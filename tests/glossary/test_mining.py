"""Mining terms from bilingual papers: what is found, whatever the order of the papers."""

import json
import lzma
import random

import pytest
from django.core.management import CommandError, call_command

from papers.glossary import Direction, Kind, current_glossary, shipped
from papers.glossary.bitext import BilingualPaper
from papers.glossary.mining import mine
from papers.models import Paper, Term

TERMS = {
    "neural network": "神经网络",
    "knowledge graph": "知识图谱",
    "point cloud": "点云",
    "remote sensing": "遥感",
    "humanoid robot": "人形机器人",
    "3D reconstruction": "3D重建",
    "in-context learning": "上下文学习",
    "anomaly detection": "异常检测",
}
MORE = {"mixture of experts": "专家混合", "large language model": "大型语言模型"}


def papers(number=60, seed=1):
    """Papers about three terms each; some name one in the plural, some define an abbreviation."""
    chance = random.Random(seed)
    names = TERMS | MORE
    found = []
    for _ in range(number):
        a, b, c = chance.sample(sorted(names), 3)
        abstract = f"We study {a} with {b}s. The results show that {c} is slow."
        abstract_zh = f"我们研究了{names[a]}和{names[b]}。结果表明，{names[c]}很慢。"
        if a == "large language model":
            abstract = abstract.replace(a, "large language model (LLM)", 1)
        found.append(
            BilingualPaper(
                f"{a.title()} for {c.title()}", abstract, f"面向{names[c]}的{names[a]}", abstract_zh
            )
        )
    return found


@pytest.fixture(scope="module")
def pairs():
    return mine(papers())


def test_it_finds_the_terms_and_their_chinese(pairs):
    core = {pair.english: pair.chinese for pair in pairs if pair.kind == Kind.CORE}
    assert core.items() >= {**TERMS, **MORE}.items()


def test_it_counts_segments_with_the_terms(pairs):
    pair = next(pair for pair in pairs if pair.english == "point cloud")
    assert pair.together == pair.chinese_count == pair.english_count > 8
    assert pair.score == 1.0


def test_it_finds_abbreviations_of_core_terms(pairs):
    (pair,) = [pair for pair in pairs if pair.kind == Kind.ABBREVIATION]
    assert (pair.english, pair.chinese) == ("LLM", "大型语言模型")


def test_the_order_of_papers_does_not_matter(pairs):
    shuffled = papers()
    random.Random(2).shuffle(shuffled)
    assert mine(shuffled) == pairs


def test_papers_without_chinese_add_abbreviations_only(pairs):
    more = [
        BilingualPaper("Night", "Neural networks (NNs) and point clouds are slow."),
    ] * 3
    found = mine([*papers(), *more])
    assert {pair.english for pair in found} - {pair.english for pair in pairs} == {"NN"}


def test_a_rarer_chinese_is_a_variant_for_searches():
    others = [
        BilingualPaper("Lamps", "A point cloud is a lamp.", "灯", "点状云雾是一盏灯，它很亮。")
    ] * 7
    found = mine([*papers(120), *others])
    variants = [pair for pair in found if pair.kind == Kind.VARIANT]
    assert all(pair.direction != Direction.BOTH for pair in variants)
    assert ("point cloud", Direction.TO_ENGLISH) in [(p.english, p.direction) for p in variants]


# ---- the command


@pytest.fixture
def papers_file(tmp_path):
    file = tmp_path / "papers.jsonl.xz"
    lines = [
        json.dumps(
            {
                "title": paper.title,
                "abstract": paper.abstract,
                "title_zh": paper.title_zh,
                "abstract_zh": paper.abstract_zh,
            }
        )
        for paper in papers()
    ]
    file.write_bytes(lzma.compress("\n".join(lines).encode()))
    return file


@pytest.mark.django_db
def test_the_command_mines_the_papers_of_the_site():
    for number, paper in enumerate(papers()):
        Paper.objects.create(
            arxiv_id=f"2501.98{number:03}",
            first_seen="2025-01-29",
            title_en=paper.title,
            abstract_en=paper.abstract,
            title_zh=paper.title_zh,
            abstract_zh=paper.abstract_zh,
            zh_state="ok",
        )
    call_command("build_glossary")
    assert Term.objects.get(english="point cloud", kind="core").chinese == "点云"
    assert current_glossary().shown_chinese_of("3D reconstruction") == "3D重建"


@pytest.mark.django_db
def test_papers_in_doubt_and_hidden_papers_are_not_mined():
    for number, paper in enumerate(papers()):
        Paper.objects.create(
            arxiv_id=f"2501.98{number:03}",
            first_seen="2025-01-29",
            title_en=paper.title,
            abstract_en=paper.abstract,
            title_zh=paper.title_zh,
            abstract_zh=paper.abstract_zh,
            zh_state="ok" if number % 2 else "suspect",
            hidden=bool(number % 2),
        )
    call_command("build_glossary")
    assert not Term.objects.exists()


@pytest.mark.django_db
def test_the_command_replaces_what_it_mined_before_and_keeps_curators_rows(papers_file, capsys):
    Term.objects.create(english="old lamp", chinese="旧灯", origin="mined")
    Term.objects.create(english="old lantern", chinese="旧灯笼", origin="mined", hidden=True)
    Term.objects.create(english="point cloud", chinese="点云", note_en="checked")
    call_command("build_glossary", "--from", papers_file)
    assert not Term.objects.filter(english="old lamp").exists()
    assert Term.objects.filter(english="old lantern", hidden=True).exists()
    assert Term.objects.get(english="point cloud", chinese="点云").note_en == "checked"
    assert Term.objects.get(english="knowledge graph", kind="core").origin == "mined"
    assert "The glossary was updated." in capsys.readouterr().out


@pytest.mark.django_db
def test_mining_the_same_again_changes_nothing(papers_file, capsys):
    call_command("build_glossary", "--from", papers_file)
    version = current_glossary().version
    call_command("build_glossary", "--from", papers_file)
    assert "has these terms already" in capsys.readouterr().out
    assert current_glossary().version == version


@pytest.mark.django_db
def test_the_command_writes_the_file_that_ships(papers_file, tmp_path, pairs):
    file = tmp_path / "mined.tsv"
    call_command("build_glossary", "--from", papers_file, "--write", file)
    assert [pair._replace(origin="mined") for pair in shipped.read(file)] == pairs
    assert not Term.objects.exists()


@pytest.mark.parametrize("line", ["", "[]", '{"title": "Lamps"}', "灯"])
def test_a_line_that_is_no_paper_is_reported(tmp_path, line):
    file = tmp_path / "papers.jsonl"
    file.write_text(line + "\n", "utf-8")
    with pytest.raises(CommandError, match=r"papers\.jsonl, line 1: no paper"):
        call_command("build_glossary", "--from", file)


def test_a_broken_archive_is_reported(tmp_path):
    file = tmp_path / "papers.jsonl.xz"
    file.write_bytes(b"no archive")
    with pytest.raises(CommandError, match="line 0: no paper"):
        call_command("build_glossary", "--from", file)
