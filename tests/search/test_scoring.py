"""The order of papers by their texts: what counts, how much, and what counts only once."""

from papers.search.analyzer import phrase, query_node
from papers.search.query_nodes import AllOf, AnyOf, SomeOf, Term
from papers.search.scoring import Scorer, Texts

OFF = "Notes on Umbrellas"


def paper(title: str = OFF, abstract: str = "", authors: str = "", zh: str = "") -> Texts:
    return Texts(title, zh, authors, abstract, "")


def order(query: str | object, *papers: Texts, rarity=lambda word: 1.0) -> list[int]:
    """Return the numbers of the papers, best first. A text is title and name of a query, too."""
    if isinstance(query, str):
        quoted = query.startswith('"')
        scorer = Scorer(
            (phrase if quoted else query_node)(query), rarity, query.strip('"'), query.strip('"')
        )
    else:
        scorer = Scorer(query, rarity)
    scores = [scorer.score(one) for one in papers]
    assert scores.count(max(scores)) == 1, scores
    return sorted(range(len(papers)), key=lambda number: -scores[number])


def same(node, one: Texts, other: Texts) -> bool:
    scorer = Scorer(node, lambda word: 1.0)
    return scorer.score(one) == scorer.score(other)


def test_a_title_that_is_the_query_comes_first():
    many = paper("Lamp Lights and Lamp Lights", "Lamp lights. " * 9)
    assert order("lamp lights", many, paper("Lamp-Lights!")) == [1, 0]
    assert order("灯光", paper("A", zh="灯光与灯光"), paper("B", zh="灯光")) == [1, 0]
    assert order("lamplit", paper("Lamplit roads"), paper("Lamplit: A Story of Roads")) == [1, 0]


def test_an_authors_name_is_one_name():
    one_name, two = paper(authors="Ada Example, Song Han"), paper(authors="Song Li, Bo Han")
    joined = paper(authors="Songhan Li, Bo Song")
    assert order("Song Han", joined, two, one_name)[0] == 2
    assert order("Han Song", two, one_name)[0] == 1
    assert order('"Song Han"', joined, one_name)[0] == 1


def test_a_name_with_another_between_is_the_same_person_before_two_people():
    papers = [paper(authors="Philip Ng, Ada Yu"), paper(authors="Philip S. Yu")]
    assert order("Philip Yu", *papers) == [1, 0]


def test_the_words_form_counts_before_words_that_are_derived_from_it():
    tokens, maker = paper("Token by Token", "Tokens."), paper("Dividing Words: A Tokenizer")
    assert order("tokenizer", tokens, maker) == [1, 0]
    assert (
        order("generalization", paper("Generative Lamps"), paper(abstract="To generalize."))[0] == 1
    )


def test_a_title_counts_more_than_an_abstract_and_more_places_more_than_one():
    papers = [paper(abstract="Lamp."), paper("A Lamp in July"), paper(abstract="Lamp, lamp, lamp.")]
    assert order("lamp", *papers) == [1, 2, 0]


def test_a_rare_word_counts_more_than_a_frequent_one():
    either = SomeOf((Term(("model",)), Term(("gearbox",))))
    rarity = {"model": 1.0, "gearbox": 6.0}.__getitem__
    papers = [paper("Model of a Thing"), paper("Gears of a Gearbox")]
    assert order(either, *papers, rarity=rarity) == [1, 0]


def test_neighbours_as_typed_count_more_than_scattered_words():
    apart = paper("Lights for Every Lamp")
    assert order("lamp lights", apart, paper("Every Kind of Lamp Lights")) == [1, 0]


def test_two_spellings_of_a_word_count_once():
    node = query_node("kv cache")
    assert isinstance(node, AllOf)
    one = paper(abstract="kv-cache here and kv cache there, and so on")
    assert same(node, one, paper(abstract="kv-cache here and kv-cache there, and so on"))


def test_of_alternatives_the_best_counts():
    both = AnyOf((Term(("lamp",)), Term(("lantern",))))
    assert same(both, paper("Lamp X"), paper("Lamp X", "lantern"))
    some = SomeOf((Term(("lamp",)), Term(("lantern",))))
    assert not same(some, paper("Lamp X"), paper("Lamp X", "lantern"))


def test_a_doubtful_variant_counts_less():
    node = AnyOf((Term(("lamp",)), Term(("lantern",), weight=0.5)))
    assert order(node, paper("A Lantern Here"), paper("A Lamp in Here")) == [1, 0]


def test_words_of_a_field_count_in_that_field_alone():
    node = Term(("lamp",), "title")
    assert Scorer(node, lambda word: 1.0).score(paper(abstract="lamp")) == 0
    assert Scorer(node, lambda word: 1.0).score(paper("Lamp")) > 0


def test_british_and_american_spelling_count_alike():
    for query in ("behaviour", "behavior"):
        us, gb = paper("Behavior of Lamps", "x"), paper("Behaviour of Lamps")
        assert order(query, us, paper(abstract="lamps"), gb)[2] == 1
