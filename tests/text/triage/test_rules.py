"""Triage names the faults of a Chinese text and keeps the translation."""

import pytest

from papers.text.triage import (
    Fault,
    Triaged,
    faulty_places,
    triage_abstract,
    triage_title,
    words_left,
)
from tests.digests.lanterns import ABSTRACT, ABSTRACT_ZH, FIRST, SECOND, TITLE, TITLE_ZH
from tests.text.test_alignment import CHINESE, ENGLISH
from tests.text.test_incomplete import LONG


def abstract(text: str, english: str = ABSTRACT) -> Triaged:
    return triage_abstract(text, english)


def title(text: str, english: str = TITLE) -> Triaged:
    return triage_title(text, english)


class TestGoodTranslations:
    def test_a_good_title_has_no_fault_and_stays(self):
        assert title(TITLE_ZH) == Triaged(TITLE_ZH, ())

    def test_a_good_abstract_has_no_fault_and_stays(self):
        assert abstract(ABSTRACT_ZH) == Triaged(ABSTRACT_ZH, ())

    def test_paragraphs_are_joined_by_newlines(self):
        assert abstract(f"{FIRST}\n\n---\n\n  {SECOND}").text == f"{FIRST}\n{SECOND}"

    def test_a_title_can_be_judged_without_its_english(self):
        assert triage_title(TITLE_ZH) == Triaged(TITLE_ZH, ())

    @pytest.mark.parametrize(
        "own",
        [
            "注意：本文含有可能令人不适的灯笼图片。",
            "请注意，灯笼的数目随文档数增长。",
            "说明：灯笼只放在文档密集之处。",
            "解释：这些结果说明灯笼是有用的。",
            "这种翻译方法把查询译成灯笼的序列，效果优于基线。",
            "如果有足够的上下文，灯笼可以自行移动。",
            "请求替换策略决定哪个灯笼被移走。",
            "我们的贡献如下：",
            "1. 一种放置灯笼的算法；",
            "如有问题，请联系作者。",
            "注意：译文的质量取决于灯笼。",
            "这种翻译方法比基线更流畅。",
            "标题翻译：把标题译成灯笼的语言。",
        ],
    )
    def test_a_sentence_of_the_papers_own_survives(self, own):
        english = f"{ABSTRACT} Note that we translate queries. Interpretation: lanterns help."
        text = f"{FIRST}\n{own}\n{SECOND}"
        assert abstract(text, english) == Triaged(text, ())

    @pytest.mark.parametrize("english", [ABSTRACT, ""])
    @pytest.mark.parametrize(
        "own",
        [
            "注意：本文含有可能令人不适的灯笼图片。",
            "我们关注：译文的质量如何随灯笼变化。",
            "摘要：灯笼照亮小机器。",
            "我们把查询翻译成灯笼：",
            "我们先把每个查询变成灯笼的序列，再把序列交给小机器，而小机器在潜空间中逐步行走并检索文档，"
            "其完整的翻译规则和行走规则依次如下所列，共有三条：",
        ],
    )
    def test_it_survives_without_a_hint_in_the_english(self, own, english):
        text = f"{FIRST}\n{own}\n{SECOND}"
        assert abstract(text, english) == Triaged(text, ())

    def test_a_first_paragraph_that_speaks_of_translating_survives(self):
        text = f"灯笼如何被翻译成光？\n{SECOND}"
        assert abstract(text) == Triaged(text, ())
        text = f"我们把查询翻译成灯笼，步骤有三：\n{SECOND}"
        told = abstract(text, f"{ABSTRACT} We translate queries.")
        assert told == Triaged(text, (Fault.INCOMPLETE,))  # the first sentence is another one

    @pytest.mark.parametrize(
        ("own", "english"),
        [
            ("（注：灯笼可能很烫）", "Note that lanterns may be hot."),
            ("（原文为英语）", "The original is lost."),
            ("（ 原文为英语）", "The source is lost."),
            ("\n[1] 灯笼是小标记。", "See [1]."),
        ],
    )
    def test_a_note_that_the_english_has_survives(self, own, english):
        text = f"{FIRST}{own}"
        assert abstract(text, f"{ABSTRACT} {english}") == Triaged(text, ())

    @pytest.mark.parametrize(
        "own",
        [
            "机器翻译：灯笼能帮上忙吗",
            "灯笼的解释与说明。",
            "以下哪一盏灯笼最亮？",
            "当然可以！灯笼也能照亮小机器",
            "标题生成：灯笼的用途",
            "“灯笼”与“火把”之比较",
            "基于A*的灯笼搜索",
            "灯笼（或蜡烛）的检索",
            "您的灯笼还亮着吗？翻译模型的校准",
        ],
    )
    def test_a_title_that_only_looks_like_talk_survives(self, own):
        assert title(own, "Machine Translation with Lanterns") == Triaged(own, ())


class TestMissing:
    @pytest.mark.parametrize("text", ["", " \n\t "])
    def test_it_is_named(self, text):
        assert title(text) == Triaged("", (Fault.MISSING,))
        assert abstract(text) == Triaged("", (Fault.MISSING,))


class TestNotChinese:
    def test_another_english_text_is_not_shown(self):
        assert title("Small Machines, Big Lanterns") == Triaged("", (Fault.NOT_CHINESE,))

    def test_an_abstract_that_is_english_but_for_its_first_words_is_not_shown(self):
        assert abstract(f"灯笼很小，{ABSTRACT[10:-20]}") == Triaged("", (Fault.NOT_CHINESE,))

    def test_one_line_of_english_is_too_short_as_well(self):
        assert abstract(TITLE) == Triaged("", (Fault.TOO_SHORT, Fault.NOT_CHINESE))

    def test_an_abstract_is_shown_when_a_tenth_of_it_is_chinese(self):
        ten = "灯笼照亮潜空间小机器"
        assert abstract(ten + "a" * 90, "").faults == ()
        assert abstract(ten[1:] + "a" * 91, "") == Triaged("", (Fault.NOT_CHINESE,))

    def test_a_name_is_no_translation_because_its_note_is_chinese(self):
        faults = (Fault.EXPLAINED, Fault.NOT_CHINESE)
        assert title("LanternNet（注：保留英文）") == Triaged("", faults)

    def test_a_title_with_some_chinese_is_shown(self):
        assert title("LanternNet：灯笼 Retrieval for Small Machines").faults == ()


class TestTooShort:
    def test_a_line_like_a_title_is_too_short(self):
        assert abstract("基于灯笼的小机器检索方法").faults == (Fault.TOO_SHORT,)

    def test_a_sentence_or_two_are_too_short_where_the_english_has_many(self):
        two = (
            "我们研究灯笼如何帮助内存很小的机器查找文档，并把查询从一个灯笼引向另一个灯笼。"
            "在四个虚构的文档集上，该方法以十分之一的内存找到与最强基线同样多的相关文档，也可解释。"
        )
        assert 0.12 < len(two) / len(ABSTRACT) < 0.2
        assert abstract(two).faults == (Fault.TOO_SHORT,)

    def test_a_terse_translation_is_not(self):
        text = "灯笼帮助小机器查找文档。旧方法太大。我们放置数百个灯笼。路很短。内存省九成。" * 3
        assert len(text) < 0.2 * len(ABSTRACT)
        assert abstract(text).faults == ()

    def test_the_borders_are_a_share_of_the_english_and_a_number_of_sentences(self):
        three, two = "灯笼照亮小机器。" * 3, "灯笼照亮潜空间里的小机器，并且不需训练。" * 2
        assert (len(three) / 200, len(two) / 200) == (0.12, 0.2)
        assert abstract(three, "x" * 200).faults == ()
        assert abstract(three, "x" * 201).faults == (Fault.TOO_SHORT,)
        assert abstract(two, "x" * 200).faults == ()
        assert abstract(two, "x" * 201).faults == (Fault.TOO_SHORT,)

    def test_english_of_less_than_200_characters_is_not_measured_by(self):
        one = "灯笼照亮潜空间里的小机器，并且不需要训练。"
        assert abstract(one, "x" * 199).faults == ()
        assert abstract(one, "x" * 200).faults == (Fault.TOO_SHORT,)

    def test_short_english_may_have_short_chinese(self):
        told = abstract(
            "我们在黄昏时点起灯笼，并且数墙上的影子。", "We light lamps, count shadows."
        )
        assert told.faults == ()

    def test_an_abstract_of_less_than_twenty_characters_is_not_shown(self):
        assert abstract("基于灯笼的小机器检索方法与实验研究。") == Triaged("", (Fault.TOO_SHORT,))
        assert abstract("我们点灯。", "We light lamps.") == Triaged("", (Fault.TOO_SHORT,))

    @pytest.mark.parametrize("cut", ["灯", "磁", "翻译"])
    def test_a_title_of_one_or_two_characters_is_not_shown(self, cut):
        assert title(cut) == Triaged("", (Fault.TOO_SHORT,))
        assert title(cut, "Lamp") == Triaged("", (Fault.TOO_SHORT,))

    def test_a_word_for_a_long_title_is_shown_with_a_doubt(self):
        assert title("灯笼检索") == Triaged("灯笼检索", (Fault.TOO_SHORT,))
        assert title("灯笼检索", "Lantern Retrieval for Machines").faults == ()


class TestIncomplete:
    def test_an_abstract_without_one_of_the_sentences_is_incomplete(self):
        told = abstract("".join(CHINESE), "".join([*ENGLISH[:3], LONG, *ENGLISH[3:]]))
        assert told == Triaged("".join(CHINESE), (Fault.INCOMPLETE,))

    def test_an_abstract_with_all_sentences_is_not(self):
        assert abstract("".join(CHINESE), "".join(ENGLISH)).faults == ()
        joined = [*CHINESE[:2], CHINESE[2][:-1] + "，" + CHINESE[3], *CHINESE[4:]]
        assert abstract("".join(joined), "".join(ENGLISH)).faults == ()

    def test_one_that_is_far_too_short_is_only_that(self):
        assert abstract("灯笼。", "".join([*ENGLISH, " ", LONG])).faults == (Fault.TOO_SHORT,)


class TestExplained:
    @pytest.mark.parametrize(
        "preface",
        [
            "以下是翻译成中文的内容，符合学术规范：",
            "以下是经过学术规范翻译后的版本：",
            "中文翻译如下，符合学术规范：",
            "**翻译如下：**",
            "该论文内容或标题的中文翻译如下：",
            "更准确的中文翻译可能是:",
            "以下是经过仔细推敲、反复修改、尽可能忠实于作者本意，并且考虑到小机器检索这一领域读者的习惯"
            "而完成的、经过多次校对的中文翻译：",
        ],
    )
    def test_a_preface_goes(self, preface):
        assert abstract(f"{preface}\n\n{ABSTRACT_ZH}") == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))
        assert title(f"{preface}\n\n{TITLE_ZH}") == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_a_preface_on_the_same_line_goes(self):
        assert title(f"论文标题可以翻译为：{TITLE_ZH}") == Triaged(TITLE_ZH, (Fault.EXPLAINED,))
        told = abstract(f"以下是符合学术规范的翻译：{ABSTRACT_ZH}")
        assert told == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))

    @pytest.mark.parametrize(
        "note",
        [
            "注：这里的“lantern”译为“灯笼”，保留了原文的比喻。",
            "（注：此翻译尽量保持原文的结构。）",
            "*注：请将上述“此链接”替换为实际的URL。*",
            "请注意，原文中的网址需要替换为实际的链接地址。",
            "[译者注：这里的URL是一个占位符。]",
            "注释：\n- **Lantern** 翻译为“灯笼”。\n- **Latent** 翻译为“潜”。",
            "这段翻译遵循了学术规范，准确传达了原文的意思。",
            "这样翻译既保留了原文的意思，又符合中文的表达习惯。",
            "在翻译过程中，我们保持了专业术语的一致性，希望对您有帮助。",
            "如果您需要进一步调整翻译，请告知我。",
            "希望这个翻译对您有帮助！",
            "注：灯笼一词保留英文。",
            "**注释：**\n- **Lantern** 翻译为“灯笼”。",
            "- “Lantern”翻译为“灯笼”。",
            "这段翻译流畅而准确。",
            "[1] 灯笼，二〇二〇。",
        ],
    )
    def test_a_note_after_the_translation_goes(self, note):
        told = abstract(f"{FIRST}\n{SECOND}\n\n{note}")
        assert told.text == f"{FIRST}\n{SECOND}"
        assert Fault.EXPLAINED in told.faults
        assert title(f"{TITLE_ZH}\n\n{note}").text == TITLE_ZH

    @pytest.mark.parametrize(
        "note",
        [
            *(
                "（注：原文为“lanterns”）",
                "(Note: 保留原文术语)",
                "【译者注：意译】",
                "（原文为复数）",
            ),
            "（注：灯笼可能很烫）",
        ],
    )
    def test_a_note_in_brackets_goes(self, note):
        told = abstract(f"{FIRST}{note}{SECOND}{note}")
        assert told == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))
        assert title(f"{TITLE_ZH}{note}") == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_a_note_at_the_end_of_the_paragraph_goes(self):
        told = abstract(f"{ABSTRACT_ZH}注：上述翻译保持了原文的术语。")
        assert told == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))

    def test_a_preface_behind_a_label_goes(self):
        told = abstract(f"摘要：译文：{ABSTRACT_ZH}")
        assert told == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))

    @pytest.mark.parametrize("note", ["\n注：此翻译保留了专名。", "（注：此翻译保留了专名）"])
    def test_a_note_on_the_translation_goes_even_where_the_english_has_notes(self, note):
        english = f"{ABSTRACT} Note that lanterns may be hot."
        assert abstract(ABSTRACT_ZH + note, english) == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))

    @pytest.mark.parametrize("preface", ["翻译如下：", "完整的译文：", "译文："])
    def test_the_same_once_more_goes(self, preface):
        told = abstract(f"{ABSTRACT_ZH}\n\n{preface}\n\n{FIRST}")
        assert told == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))

    def test_a_title_or_english_with_a_word_of_chinese_is_not_the_same(self):
        for before in ("基于灯笼的检索", f"{ABSTRACT}（灯笼）"):
            told = abstract(f"{before}\n\n翻译如下：\n\n{ABSTRACT_ZH}")
            assert told == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))

    def test_the_english_before_the_translation_goes(self):
        told = abstract(f"{ABSTRACT}\n\n翻译如下：\n\n{ABSTRACT_ZH}")
        assert told == Triaged(ABSTRACT_ZH, (Fault.EXPLAINED,))
        assert title(f"原文标题：\n{TITLE}\n中文翻译：\n{TITLE_ZH}").text == TITLE_ZH

    def test_the_first_of_several_proposals_is_the_title(self):
        told = title(f"{TITLE_ZH}\n或者更正式的表达可以是：\n潜空间灯笼检索")
        assert told == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    @pytest.mark.parametrize(
        "remark",
        [
            "这里的灯笼指的是小标记",
            "1. 灯笼：小标记",
            "- 灯笼：小标记",
            "“灯笼”或“提灯”都可以。\n这里指的是小标记。",
        ],
    )
    def test_a_remark_on_the_title_goes(self, remark):
        assert title(f"{TITLE_ZH}\n{remark}") == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_remarks_before_the_title_go(self):
        told = title(f"“灯笼”或“提灯”都可以。\n这里指的是小标记。\n{TITLE_ZH}")
        assert told == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_another_title_in_brackets_goes(self):
        told = title(f"{TITLE_ZH}（或：潜空间灯笼检索）")
        assert told == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_what_is_announced_is_the_title_even_if_it_sounds_like_a_remark(self):
        told = title("更准确的中文标题是：\n灯笼的表达与说明。")
        assert told == Triaged("灯笼的表达与说明。", (Fault.EXPLAINED,))

    def test_the_meaning_of_a_word_before_the_title_goes(self):
        told = title(f"lantern 在此语境下是指小标记。因此标题可以翻译为：\n{TITLE_ZH}")
        assert told == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_a_title_offered_within_a_sentence_is_taken(self):
        told = title(f"“{TITLE}”可以翻译成中文为：“{TITLE_ZH}”。具体含义需要根据上下文确定。")
        assert told == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_of_two_offered_titles_none_is_taken(self):
        told = title("“Lanterns”可以翻译为“灯笼”或“提灯”。具体选择要看原文。")
        assert told == Triaged("", (Fault.EXPLAINED, Fault.SEVERAL_LINES))

    def test_of_a_list_of_terms_none_is_taken(self):
        told = title("以下是这些术语翻译成中文后的版本：\n\n1. 灯笼检索\n2. 小机器")
        assert told == Triaged("", (Fault.EXPLAINED, Fault.SEVERAL_LINES))

    def test_an_english_title_is_not_chinese_because_its_words_are_explained(self):
        told = title(f"{TITLE}\n\n译文解释：\n- Lantern: 灯笼\n- Machine: 机器")
        assert told == Triaged("", (Fault.EXPLAINED, Fault.NOT_CHINESE))

    def test_a_better_try_within_the_line_is_taken(self):
        told = title(f"Lantern 是否足够？这里是更为自然的翻译建议：{TITLE_ZH}")
        assert told == Triaged(TITLE_ZH, (Fault.EXPLAINED,))

    def test_papers_on_translation_keep_their_own_words(self):
        english = f"{ABSTRACT} Note that translation quality matters; we keep the source text."
        own = "本文的翻译保留了原文（原文为英语）的意思。"
        text = f"{FIRST}\n{own}\n{SECOND}"
        assert abstract(text, english) == Triaged(text, ())


class TestChat:
    @pytest.mark.parametrize(
        "said",
        [
            "将以下论文内容或标题翻译成中文，符合学术规范：",
            "本文将下面的论文内容翻译成中文，并确保符合学术规范：",
            "当然，以下是翻译后的内容：",
            "当然可以。以下是翻译内容，符合学术规范：",
        ],
    )
    def test_the_instruction_and_the_answer_to_it_go(self, said):
        faults = (Fault.EXPLAINED, Fault.CHAT)
        assert abstract(f"{said}\n{ABSTRACT_ZH}") == Triaged(ABSTRACT_ZH, faults)
        assert title(f"{said}\n{TITLE_ZH}") == Triaged(TITLE_ZH, faults)

    @pytest.mark.parametrize(
        "said",
        [
            "如果需要更详细的翻译或有其他要求，请告知。",
            "如有更多内容需要翻译，请随时告诉我！",
            "如果你能提供更多的上下文，我可以给出更准确的翻译。",
        ],
    )
    def test_words_to_the_user_in_a_note_are_named_and_go(self, said):
        note = f"注：此翻译保留了原文的意思。{said}"
        faults = (Fault.EXPLAINED, Fault.CHAT)
        assert title(f"{TITLE_ZH}\n\n{note}") == Triaged(TITLE_ZH, faults)
        assert abstract(f"{ABSTRACT_ZH}\n\n{note}") == Triaged(ABSTRACT_ZH, faults)
        assert abstract(f"{ABSTRACT_ZH}\n\n注：原文如此。\n{said}") == Triaged(ABSTRACT_ZH, faults)

    def test_the_translation_after_the_repeated_english_is_found(self):
        told = title(f"将以下标题翻译成中文：\n{TITLE}\n{TITLE_ZH}")
        assert told == Triaged(TITLE_ZH, (Fault.EXPLAINED, Fault.CHAT))

    def test_a_turn_and_what_follows_it_go(self):
        assert title(f"{TITLE_ZH}\nuser\n请总结这个标题。") == Triaged(TITLE_ZH, (Fault.CHAT,))
        told = abstract(f"{ABSTRACT_ZH}\nuser\n请继续翻译。\nassistant\n好的。")
        assert told == Triaged(ABSTRACT_ZH, (Fault.CHAT,))

    def test_what_is_before_a_turn_stays(self):
        told = abstract(f"{FIRST}\n{SECOND}\nuser\n请解释。")
        assert told == Triaged(f"{FIRST}\n{SECOND}", (Fault.CHAT,))
        assert title(f"{TITLE_ZH}\n潜空间灯笼\nuser\n请解释。").text == TITLE_ZH

    def test_a_turn_alone_leaves_nothing(self):
        faults = (Fault.CHAT, Fault.NOT_CHINESE)
        assert title("user\n请总结这个标题。") == Triaged("", faults)
        assert abstract("user\n请总结这个摘要。") == Triaged("", faults)

    def test_a_turn_that_broke_the_word_behind_it_goes(self):
        assert title(f"{TITLE_ZH}\nuserisper 请解释。") == Triaged(TITLE_ZH, (Fault.CHAT,))
        assert abstract(f"{ABSTRACT_ZH}\nuserisper 请解释。") == Triaged(ABSTRACT_ZH, (Fault.CHAT,))

    def test_a_line_that_begins_with_a_word_of_the_english_is_no_turn(self):
        own = "username 也可以是灯笼。"
        told = abstract(f"{FIRST}\n{own}", f"{ABSTRACT} A username may be a lantern.")
        assert told == Triaged(f"{FIRST}\n{own}", ())
        assert title("username 与灯笼", "Usernames and Lanterns") == Triaged("username 与灯笼", ())

    def test_broken_letters_before_a_turn_go(self):
        assert title(f"{TITLE_ZH}stile\nuser\n请解释。").text == TITLE_ZH

    def test_the_papers_own_letters_before_a_turn_stay(self):
        assert title("灯笼与Machines\nuser\n请解释。").text == "灯笼与Machines"

    @pytest.mark.parametrize(
        "broken",
        [
            f"潜空间里的\nuser\n{TITLE_ZH}",
            f"潜空间里的灯stile\nuser\n潜空\nuser\n请继续翻译。\nassistant\n标题：{TITLE_ZH}",
            f"\nuser\n{TITLE_ZH}",
        ],
    )
    def test_the_last_whole_turn_is_the_title(self, broken):
        assert title(broken) == Triaged(TITLE_ZH, (Fault.CHAT,))

    @pytest.mark.parametrize(
        "turn",
        [
            "一种测量心跳的新方法在医院中的应用",
            f"请总结“{TITLE_ZH}”。",
            f"{TITLE_ZH}：以ChatGPT为例",
            f"把“{TITLE_ZH}”写得更好。",
        ],
    )
    def test_a_turn_about_something_else_is_not(self, turn):
        assert title(f"{TITLE_ZH}\nuser\n{turn}") == Triaged(TITLE_ZH, (Fault.CHAT,))

    def test_a_title_cut_off_by_a_turn_is_not_shown(self):
        faults = (Fault.CHAT, Fault.NOT_CHINESE)
        assert title("潜空间里的灯笼：面向小机器的\nuser\n请继续。") == Triaged("", faults)
        assert title("潜空间\nuser\n请继续。") == Triaged("", faults)

    def test_an_abstract_cut_off_by_a_turn_is_not_shown(self):
        faults = (Fault.CHAT, Fault.NOT_CHINESE)
        assert abstract(f"{FIRST}这段路很\nuser\n请继续翻译。") == Triaged("", faults)
        assert abstract(f"{FIRST[:40]}。\nuser\n请继续翻译。") == Triaged("", faults)

    def test_an_abstract_said_again_in_the_last_turn_is_whole(self):
        told = abstract(f"{FIRST}这段路很\nuser\n请继续翻译。\nassistant\n{ABSTRACT_ZH}")
        assert told == Triaged(ABSTRACT_ZH, (Fault.CHAT,))

    @pytest.mark.parametrize(
        "said", ["无需推理直接输出：", "不要解释，直接输出标题：", "直接输出，禁止输出多余内容："]
    )
    def test_an_order_to_answer_at_once_is_no_title(self, said):
        assert title(said).text == ""
        faults = (Fault.EXPLAINED, Fault.CHAT)
        assert title(f"{said}\n{TITLE_ZH}") == Triaged(TITLE_ZH, faults)

    def test_a_refusal_is_not_shown(self):
        refusal = "很抱歉，您提供的似乎不是一个完整的标题。\n请您提供更多的背景信息。"
        assert title(refusal) == Triaged("", (Fault.CHAT, Fault.NOT_CHINESE))
        assert abstract(refusal) == Triaged("", (Fault.CHAT, Fault.NOT_CHINESE))

    def test_a_paper_may_be_sorry(self):
        assert title("抱歉，灯灭了：论小机器", "Sorry, No Light").faults == ()


class TestForeignScript:
    @pytest.mark.parametrize(
        "leak", ["для", "방법", "デモ", "גם", "طريقة", "วิธี", "विधि", "đều", "\ufffd", "\ue000"]
    )
    def test_letters_of_a_third_script_are_named(self, leak):
        assert title(f"{TITLE_ZH}{leak}") == Triaged(f"{TITLE_ZH}{leak}", (Fault.FOREIGN_SCRIPT,))
        assert abstract(f"{FIRST}{leak}{SECOND}").faults == (Fault.FOREIGN_SCRIPT,)

    @pytest.mark.parametrize("fine", ["α-灯笼", "Fréchet", "ℝ", "·", "①", "𝑛", "🏮", "naïve"])
    def test_mathematics_and_latin_are_fine(self, fine):
        assert abstract(f"{FIRST}{fine}{SECOND}").faults == ()

    def test_a_script_that_the_english_has_is_fine(self):
        assert title("俄语词 свет 的灯笼", "Lanterns for the Word тьма").faults == ()

    def test_a_language_may_be_named_in_its_own_letters(self):
        assert title("波斯语（فارسی）的灯笼", "Lanterns for Persian").faults == ()
        assert title("灯笼（فارسی）", "Lanterns").faults == (Fault.FOREIGN_SCRIPT,)

    def test_a_script_beside_that_of_the_english_is_named(self):
        told = title("希伯来语词 שלום 的灯笼 طريقة", "Lanterns for the Word שלום")
        assert told.faults == (Fault.FOREIGN_SCRIPT,)


class TestPlaceholder:
    @pytest.mark.parametrize(
        "place",
        [
            "[插入链接]",
            "[链接]",
            "[此处链接]",
            "[该网址]",
            "<此链接>",
            "https://链接",
            "[请在此处填写网址]",
            "<请填写网址>",
            "（请提供链接）",
            "https://example.com/code",
            "https://github.com/your-repo",
            "https://...)",
        ],
    )
    def test_an_open_place_is_named(self, place):
        assert Fault.PLACEHOLDER in abstract(f"{ABSTRACT_ZH}代码见：{place}").faults

    @pytest.mark.parametrize(
        "place",
        [
            "this https URL",
            "此 https 链接",
            "[此链接](this https URL)",
            "[链接](this https URL)",
            "[此 https URL]",
            r"\url{此网址}",
            "（实体链接）",
            "请求替换策略",
            "网址（URL）",
        ],
    )
    def test_the_url_of_the_english_in_other_words_is_none(self, place):
        assert abstract(f"{ABSTRACT_ZH}另见{place}。").faults == ()

    def test_what_the_english_has_is_none(self):
        english = f"{ABSTRACT} See https://example.com/code"
        assert abstract(f"{ABSTRACT_ZH}见 https://example.com/code", english).faults == ()

    def test_a_request_to_fill_the_place_is_not_shown(self):
        told = abstract(f"{ABSTRACT_ZH}代码见 https://example.com（请替换为实际的网址）。")
        assert told.text == f"{ABSTRACT_ZH}代码见 此 https 链接。"


class TestInventedAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "https://github.com/lanterns/small-machines",
            "https://www.lanterns.cn",
            "github.com/lanterns/code",
            "https://github.com/",
        ],
    )
    def test_an_address_that_the_english_lacks_is_named_and_not_shown(self, address):
        told = abstract(f"{ABSTRACT_ZH}代码见：{address}。")
        assert told == Triaged(f"{ABSTRACT_ZH}代码见：此 https 链接。", (Fault.INVENTED_ADDRESS,))

    def test_it_goes_with_its_brackets_where_the_english_has_no_link(self):
        english = ABSTRACT.replace("this https URL", "GitHub")
        for given in ("（https://github.com/lanterns/code）", "：https://github.com/lanterns/code"):
            told = abstract(f"{ABSTRACT_ZH}代码见 GitHub{given}。", english)
            assert told.text == f"{ABSTRACT_ZH}代码见 GitHub。"

    @pytest.mark.parametrize(
        "given", ["https://lanterns.org/code", "lanterns.org/code/", "http://Lanterns.org/code"]
    )
    def test_an_address_that_the_english_has_stays(self, given):
        text = f"{ABSTRACT_ZH}代码见 {given}。"
        assert abstract(text, f"{ABSTRACT} See https://lanterns.org/code.") == Triaged(text, ())

    @pytest.mark.parametrize(
        "dummy",
        ["https://your-link.com", "https://github.com/user/lanterns", "https://some-url.com"],
    )
    def test_an_address_to_be_filled_in_is_an_open_place_and_not_shown(self, dummy):
        told = abstract(f"{ABSTRACT_ZH}代码见 {dummy}。")
        assert told == Triaged(f"{ABSTRACT_ZH}代码见 此 https 链接。", (Fault.PLACEHOLDER,))

    def test_words_that_only_sound_like_one_are_none(self):
        text = f"{ABSTRACT_ZH}见 github.community 与 co.io 的灯笼。"
        assert abstract(text).faults == ()


class TestGarbled:
    def test_a_title_that_repeats_itself_without_end_is_not_shown(self):
        for tail in (" kuk" * 300, "灯笼" * 90, " A. LAMP I." * 20):
            told = title(f"潜空间里的灯笼{tail}")
            assert (told.text, Fault.GARBLED in told.faults) == ("", True)

    def test_no_title_of_more_than_200_characters_is_shown(self):
        long = "灯笼照亮潜空间里的小机器，" * 20
        assert title(long, "x" * 900).text == ""

    def test_an_abstract_that_repeats_itself_again_and_again_is_not_shown(self):
        told = abstract(f"{FIRST}灯笼灯笼灯笼，机器机器机器，文档文档文档。{SECOND}")
        assert told == Triaged("", (Fault.GARBLED,))

    def test_a_slip_in_an_abstract_is_shown_with_a_doubt(self):
        text = f"{FIRST}它照亮照亮照亮文档。{SECOND}"
        assert abstract(text) == Triaged(text, (Fault.GARBLED,))

    def test_a_text_far_longer_than_its_english_is_not_shown(self):
        told = abstract(f"{FIRST}{SECOND}", "We light lamps and count the shadows that we see.")
        assert told == Triaged("", (Fault.GARBLED,))

    @pytest.mark.parametrize("broken", ["检索gorithm系统", "量ization检索", "检索与信任worthy灯笼"])
    def test_a_broken_word_is_named(self, broken):
        told = title(f"面向小机器的{broken}", "Trustworthy Lantern Quantization for Small Machines")
        assert told.faults == (Fault.GARBLED,)

    def test_a_command_that_nobody_gave_is_named(self):
        assert title(r"软\Response关键词的灯笼").faults == (Fault.GARBLED,)
        assert title(r"\textsc{灯笼}检索", r"\textsc{Lantern} Retrieval").faults == ()

    def test_a_broken_word_at_the_end_goes(self):
        assert title(f"{TITLE_ZH} yabody") == Triaged(TITLE_ZH, (Fault.GARBLED,))
        assert title(f"{TITLE_ZH}nellested。").text == TITLE_ZH

    def test_the_end_of_a_word_that_lost_its_beginning_stays(self):
        given = "面向小机器的灯笼量ization"
        assert title(given, "Lantern Quantization for Small Machines").text == given

    def test_a_word_of_the_english_abstract_is_not_broken(self):
        text = "面向小机器的灯笼wickless检索"
        assert triage_title(text, TITLE, "We use wickless lanterns.").faults == ()
        assert triage_title(text, TITLE).faults == (Fault.GARBLED,)

    @pytest.mark.parametrize(
        "own",
        ["多语言语言模型的灯笼", "通过强化学习学习灯笼", "面向小机器的灯笼token检索", "灯笼：……——"],
    )
    def test_what_only_looks_like_it_is_fine(self, own):
        assert title(own, "Lantern Retrieval").faults == ()

    def test_what_the_english_repeats_may_be_repeated(self):
        assert title("灯笼说hahahaha检索", "Lanterns Say Hahahaha").faults == ()


class TestHalfTranslated:
    @pytest.mark.parametrize(
        "left",
        [
            "面向 small 机器的 retrieval",
            "潜空间里的灯笼 retrieval for 小机器",
            "small Machines Retrieval 的潜空间灯笼",
            "_retrieval_标记的 lanterns",
        ],
    )
    def test_several_words_left_in_a_title_condemn_it(self, left):
        assert title(left) == Triaged(left, (Fault.HALF_TRANSLATED,))

    @pytest.mark.parametrize(
        "left",
        [
            "潜空间里的 lanterns：面向小机器的检索",
            "潜空间里的latent灯笼检索",
            "面向小机器的灯笼检索（retrieval for small machines）",
            "面向小机器的“small machines”灯笼检索 space",
            "Lanterns for Machines：面向小机器的检索",
            "<small> 灯笼与 <machines> retrieval(space)",
            "面向token与prompt的灯笼transformer检索",
        ],
    )
    def test_a_single_term_a_gloss_and_a_name_do_not(self, left):
        assert title(left, f"{TITLE} with Tokens, Prompts, Transformers").faults == ()

    def test_a_phrase_condemns_an_abstract(self):
        text = f"{FIRST}灯笼 walk from lantern to lantern 之后，{SECOND}"
        assert abstract(text) == Triaged(text, (Fault.HALF_TRANSLATED,))
        text = f"{FIRST}灯笼 fails in 文档集，{SECOND}"
        assert abstract(text).faults == (Fault.HALF_TRANSLATED,)

    def test_a_clause_in_brackets_condemns_it_and_a_gloss_does_not(self):
        clause = "（place a few hundred lanterns where documents are dense）"
        assert abstract(f"{FIRST}{clause}{SECOND}").faults == (Fault.HALF_TRANSLATED,)
        assert abstract(f"{FIRST}（strongest baseline）{SECOND}").faults == ()

    def test_three_terms_condemn_an_abstract_and_one_repeated_does_not(self):
        text = f"{FIRST}walk、dense 与 vector 是词。{SECOND}"
        assert abstract(text).faults == (Fault.HALF_TRANSLATED,)
        assert abstract(f"{FIRST}walk、walk 与 walk 是词。{SECOND}").faults == ()
        again = "dense walk、dense 与 dense vector 是词。"
        assert abstract(f"{FIRST}{again}{SECOND}").faults == ()

    def test_this_https_url_is_what_arxiv_writes(self):
        text = f"{FIRST}walk 与 dense，见 this http URL。{SECOND}"
        assert abstract(text, f"{ABSTRACT} See this http URL.").faults == ()

    def test_the_words_left_can_be_counted(self):
        assert words_left(ABSTRACT_ZH, ABSTRACT) == 0
        assert words_left(f"{FIRST}walk、dense 与 walk 是词（vector）。", ABSTRACT) == 2


class TestFaultyPlaces:
    def test_a_letter_of_a_third_script_and_an_open_place_are_pointed_at(self):
        text = "语词 свет 与 방법，见[链接]、https://example.com 和 https://lantern.io/a"
        english = "The word свет, see https://example.com"
        places = [
            (text[start:end], fault) for start, end, fault in sorted(faulty_places(text, english))
        ]
        assert places == [
            ("방", Fault.FOREIGN_SCRIPT),
            ("법", Fault.FOREIGN_SCRIPT),
            ("[链接]", Fault.PLACEHOLDER),
            ("https://lantern.io/a", Fault.INVENTED_ADDRESS),
        ]

    def test_a_good_translation_has_none(self):
        assert list(faulty_places(ABSTRACT_ZH, ABSTRACT)) == []


class TestFormulasLost:
    ENGLISH = ABSTRACT + r" It takes $\mathcal{O}(n \log k)$ time and $\beta$ grows with $n$."

    def test_formulas_that_left_no_trace_are_missed(self):
        assert abstract(ABSTRACT_ZH, self.ENGLISH).faults == (Fault.FORMULAS_LOST,)
        assert title(TITLE_ZH, "Lanterns in $O(n)$ Time").faults == (Fault.FORMULAS_LOST,)

    def test_a_formula_may_hold_a_word_or_stand_behind_a_number(self):
        for formulas in ("$x_{max}$", r"$11.7K$ and $\beta$"):
            english = f"{ABSTRACT} It takes {formulas}."
            assert abstract(ABSTRACT_ZH, english).faults == (Fault.FORMULAS_LOST,)

    def test_a_command_that_both_have_is_no_trace(self):
        told = abstract(rf"{ABSTRACT_ZH}$\mathcal{{L}}$", rf"{ABSTRACT} $\mathcal{{O}}$")
        assert told.faults == (Fault.FORMULAS_LOST,)

    def test_half_of_them_may_be_missing(self):
        english = rf"{ABSTRACT} $\alpha$ and $\beta$"
        assert abstract(f"{ABSTRACT_ZH}α", english).faults == ()
        assert abstract(f"{ABSTRACT_ZH}α", rf"{english} and $\gamma$").faults == (
            Fault.FORMULAS_LOST,
        )

    @pytest.mark.parametrize(
        "kept",
        [
            r"时间为 $\mathcal{O}(n \log k)$，$\beta$ 随 $n$ 增长。",
            "时间为 O(n log k)，β随n增长。",
            "时间为Ｏ（ｎ log ｋ），β 随 n 增长。",
        ],
    )
    def test_formulas_without_their_dollar_signs_are_not_lost(self, kept):
        assert abstract(ABSTRACT_ZH + kept, self.ENGLISH).faults == ()

    @pytest.mark.parametrize(
        "english",
        [
            "It costs $56, less than the $99 of others.",
            r"The \$20 lantern and $40\%$ of light.",
            r"We call it $\textit{lantern}$ and $\textbf{light}$.",
            r"We use the $2^{\text{nd}}$ lantern on $30 m^2$ for $11.7K$ papers.",
        ],
    )
    def test_prices_words_and_numbers_are_no_formulas(self, english):
        assert abstract(ABSTRACT_ZH, f"{ABSTRACT} {english}").faults == ()

    @pytest.mark.parametrize(
        ("formula", "kept"),
        [
            (r"$\mathcal{V}ista\mathcal{DPO}$", "VistaDPO"),
            (r"$\underline{L}antern$", "Lantern"),
            (r"$\alpha$", "阿尔法"),
            (r"$\alpha$", "Alpha"),
            (r"$\pi_0$", "派零"),
            (r"$3D$", "三维"),
            (r"$N^2$", "平方"),
            (r"$k$", "K-"),
        ],
    )
    def test_a_formula_in_other_letters_or_in_words_is_not_lost(self, formula, kept):
        english = f"{formula}: Lanterns in the Latent Space"
        assert title(f"{kept}潜空间里的灯笼检索", english).faults == ()


class TestSeveralLines:
    def test_two_candidates_are_named_and_the_first_is_shown(self):
        told = title(f"{TITLE_ZH}\n潜空间灯笼：小机器上的搜索")
        assert told == Triaged(TITLE_ZH, (Fault.SEVERAL_LINES,))

    def test_the_chinese_one_is_shown(self):
        assert title(f"{TITLE}\n{TITLE_ZH}") == Triaged(TITLE_ZH, (Fault.SEVERAL_LINES,))

    def test_an_explanation_is_not_a_second_candidate(self):
        assert Fault.SEVERAL_LINES not in title(f"{TITLE_ZH}\n注：意译。").faults


class TestIdentical:
    def test_the_english_again_is_named_and_not_shown(self):
        faults = (Fault.NOT_CHINESE, Fault.IDENTICAL)
        assert title(TITLE.upper().replace(": ", "：")) == Triaged("", faults)
        assert abstract(ABSTRACT.replace(" ", "\n")) == Triaged("", faults)

    def test_another_text_is_not_identical(self):
        assert Fault.IDENTICAL not in title("Lanterns").faults

    def test_english_with_a_chinese_word_can_be_repeated_too(self):
        assert title("On the Word 灯", "On the word 灯").faults == (Fault.IDENTICAL,)

    def test_without_english_nothing_is_identical(self):
        assert title("……", "") == Triaged("", (Fault.NOT_CHINESE,))


class TestDecoration:
    @pytest.mark.parametrize(
        "given",
        [
            f"《{TITLE_ZH}》",
            f"“{TITLE_ZH}”",
            f'"{TITLE_ZH}"',
            f"**{TITLE_ZH}**",
            f"《“{TITLE_ZH}”》",
            f"标题：{TITLE_ZH}",
            f"# 中文标题：《{TITLE_ZH}》",
        ],
    )
    def test_marks_around_the_whole_title_go_without_a_fault(self, given):
        assert title(given) == Triaged(TITLE_ZH, ())

    def test_quotes_that_the_english_has_stay(self):
        given = "“谁点的灯？”"
        assert title(given, '"Who Lit the Lamp?"') == Triaged(given, ())

    def test_quotes_around_a_part_of_the_english_do_not_keep_those_around_the_whole(self):
        assert title(f"“{TITLE_ZH}”", '"Lanterns" for Small Machines').text == TITLE_ZH

    @pytest.mark.parametrize(
        "given", ["《灯笼》与《火把》", "“灯”与“影”", "《灯笼》在小机器上的续集"]
    )
    def test_marks_around_a_part_stay(self, given):
        assert title(given) == Triaged(given, ())

    @pytest.mark.parametrize("between", ["", "\n", "\n\n"])
    def test_a_label_on_a_line_of_its_own_goes_without_a_fault(self, between):
        assert abstract(f"摘要：{between}\n{ABSTRACT_ZH}") == Triaged(ABSTRACT_ZH, ())
        assert abstract(f"**摘要：**{between}\n{ABSTRACT_ZH}") == Triaged(ABSTRACT_ZH, ())
        assert title(f"标题：{between}\n{TITLE_ZH}") == Triaged(TITLE_ZH, ())

    def test_the_label_of_an_abstract_goes(self):
        assert abstract(f"摘要：{ABSTRACT_ZH}") == Triaged(ABSTRACT_ZH, ())
