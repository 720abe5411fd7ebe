"""Only https and files of this machine may be fetched, and nothing that git takes for a command."""

import pytest

from papers.publishers.address import AddressRefused, check_address, check_branch


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/digests.git",
        "https://example.org:8443/a/b",
        "https://[2001:db8::1]/digests",
        "file:///srv/digests.git",
    ],
)
def test_an_address_of_a_publisher_is_accepted(address):
    assert check_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *("", "ext::sh -c date", "ext::sh", "-u", "--upload-pack=touch", "fd::17"),
        *(
            "http://example.org/a",
            "ssh://example.org/a",
            "git://example.org/a",
            "user@example.org:a",
        ),
        *(
            "https://user:secret@example.org/a",
            "https://user@example.org/a",
            "https://",
            "https:///a",
        ),
        *("https://-oProxy/a", "https://example.org:0/a", "https://example.org:99999999/a"),
        *("https://example.org/a b", "https://example.org/a\n", "https://example.org/a\x00"),
        *("https://example.org/a?b", "https://example.org/a#b", "https://[::1/a", "/srv/digests"),
        *("file://host/srv", "file:///", "file:srv", "FTP://example.org/a"),
    ],
)
def test_any_other_address_is_refused_with_a_sentence(address):
    with pytest.raises(AddressRefused, match=r"^Give .+\.$"):
        check_address(address)


@pytest.mark.parametrize("branch", ["", "main", "v1.0", "day/by-day", "日报"])
def test_a_branch_is_accepted(branch):
    assert check_branch(branch) == branch


@pytest.mark.parametrize(
    "branch", ["-x", "a..b", "a b", "a:b", "+a", "a.lock", "a/", "a\n", "../a"]
)
def test_any_other_branch_is_refused(branch):
    with pytest.raises(AddressRefused):
        check_branch(branch)
