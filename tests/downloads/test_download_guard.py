"""No spelling, record or rebinding leads a download to an internal address."""

import socket
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_server import FakeResolver, RawServer

from tracker.downloads import guard
from tracker.downloads.connect import Deadline, Dial
from tracker.downloads.guard import Address
from tracker.errors import FetchError, ForbiddenAddress

PUBLIC = "93.184.216.34"
NOBODY: frozenset[str] = frozenset()
STANDARD: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
        "255.255.255.255", "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "ff0e::1", "fec0::1",
        "2001:db8::1", "100::1", "3fff::1", "5f00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1", "2002:7f00:1::1", "2001::1", "", "localhost", "127.1", "0x7f000001", "2130706433", "0177.0.0.1",
    ],
)  # fmt: skip
def test_what_is_no_public_host_is_forbidden(ip: str) -> None:
    assert guard.is_forbidden(ip)


@pytest.mark.parametrize("ip", [PUBLIC, "8.8.8.8", "172.32.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"])
def test_a_public_host_is_let_through(ip: str) -> None:
    assert not guard.is_forbidden(ip)


@settings(max_examples=200)
@given(st.ip_addresses(v=4))
def test_an_address_carried_in_ipv6_is_judged_by_what_it_carries(ip: object) -> None:
    assert guard.is_forbidden(f"::ffff:{ip}") == guard.is_forbidden(str(ip))
    assert all(guard.is_forbidden(f"{prefix}{ip}") for prefix in ("::", "64:ff9b::", "::ffff:0:"))


@pytest.mark.parametrize(
    "host",
    [
        "127.1", "0x7f000001", "0x7f.1", "2130706433", "0177.0.0.1", "127.0.0.1", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "[::]",
        "0", "①②⑦.⓪.⓪.①", "127。0。0。1", "LOCALHOST", "localhost.",
    ],
)  # fmt: skip
def test_no_spelling_of_loopback_passes_the_real_resolver(host: str) -> None:
    with pytest.raises(FetchError):
        guard.vet(guard.read_url(f"http://{host}/"), resolve=socket.getaddrinfo, allow=NOBODY, ports=STANDARD)


def test_only_the_public_ones_of_several_addresses_are_kept() -> None:
    resolve = FakeResolver(two_example=("10.0.0.1", PUBLIC, "::1"))
    kept = guard.vet(guard.read_url("http://two.example/"), resolve=resolve, allow=NOBODY, ports=STANDARD)
    assert [address.ip for address in kept] == [PUBLIC]


def test_a_name_with_internal_addresses_only_is_refused_and_the_setting_is_named() -> None:
    resolve = FakeResolver(inner_example=("10.0.0.1", "fe80::1"))
    with pytest.raises(ForbiddenAddress, match=r"10\.0\.0\.1, fe80::1.*fetch\.allow"):
        guard.vet(guard.read_url("http://inner.example/"), resolve=resolve, allow=NOBODY, ports=STANDARD)


@pytest.mark.parametrize("names", [FakeResolver(), FakeResolver(mute_example=())])
def test_a_name_without_an_address_says_so(names: FakeResolver) -> None:
    with pytest.raises(FetchError, match=r"no address is known for mute\.example"):
        guard.vet(guard.read_url("http://mute.example/"), resolve=names, allow=NOBODY, ports=STANDARD)


@pytest.mark.parametrize("port", [0, 1, 22, 25, 6379, 8080, 65535])
def test_a_port_nobody_typed_is_refused_before_the_name_is_resolved(port: int) -> None:
    resolve = FakeResolver(site_example=PUBLIC)
    with pytest.raises(ForbiddenAddress, match=f"port {port} "):
        guard.vet(guard.read_url(f"http://site.example:{port}/"), resolve=resolve, allow=NOBODY, ports=STANDARD)
    assert resolve.asked == []


@pytest.mark.parametrize(
    ("url", "ports"), [("http://a.example/", ()), ("https://a.example/", ()), ("http://a.example:8080/", (8080,))]
)
def test_the_standard_ports_and_the_typed_one_are_fetched(url: str, ports: tuple[int, ...]) -> None:
    found = guard.vet(guard.read_url(url), resolve=FakeResolver(a_example=PUBLIC), allow=NOBODY, ports=frozenset(ports))
    assert [address.ip for address in found] == [PUBLIC]


@pytest.mark.parametrize(
    ("url", "exempt"),
    [
        ("http://127.0.0.1:8099/", True), ("http://127.0.0.1:8100/", False), ("http://127.0.0.2:8099/", False), ("http://127.0.0.1/", False),
        ("http://localhost:8099/", False), ("http://[::1]:8099/", True), ("http://[::1]:8100/", False), ("http://HOME.example:81/", True),
    ],
)  # fmt: skip
def test_the_allow_list_exempts_exact_pairs_only(url: str, exempt: bool) -> None:
    allow = guard.allowed_pairs([" 127.0.0.1:8099", "[::1]:8099", "Home.example:81", ""])
    names = FakeResolver(
        **{"127_0_0_1": "127.0.0.1", "127_0_0_2": "127.0.0.2", "localhost": "127.0.0.1", "home_example": "10.0.0.9"}
    )
    names.names["::1"] = ["::1"]
    target = guard.read_url(url)
    if exempt:
        assert guard.vet(target, resolve=names, allow=allow, ports=STANDARD)
        return
    with pytest.raises(ForbiddenAddress):
        guard.vet(target, resolve=names, allow=allow, ports=frozenset({target.port}))


def test_a_peer_that_turns_out_internal_is_hung_up_on_before_a_byte_is_sent(canary: RawServer) -> None:
    vetted = Address(socket.AF_INET, ("127.0.0.1", canary.port), PUBLIC)  # what a second resolution would have swapped
    dial = Dial(guard.read_url(canary.url("/")), (vetted,), Deadline(time.monotonic() + 5, 5), NOBODY, 5, 5)
    with pytest.raises(ForbiddenAddress, match=r"led to the internal address 127\.0\.0\.1"):
        dial.connect()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://a.example/",
        "javascript:alert(1)",
        "data:,x",
        "//a.example/",
        "a.example",
    ],
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddress, match="only http and https"):
        guard.read_url(url)


@pytest.mark.parametrize(
    "url",
    ["http://me:secret@a.example/", "http://me@a.example/", "https://@a.example/", "http://good.example\\@10.0.0.1/"],
)
def test_credentials_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ForbiddenAddress, match="user name") as refused:
        guard.read_url(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///x",
        "http://a.example:99999/",
        "http://a.example:x/",
        "http://[::1/",
        "http://..",
        "http://a b/",
        "http://é" + "x" * 70 + "/",
        "http://a.example/" + "x" * 2000,
    ],
)
def test_what_is_no_address_is_said_in_one_line(url: str) -> None:
    with pytest.raises(FetchError, match="is not an address Kronik can read") as refused:
        guard.read_url(url)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "one_form"),
    [
        ("HTTP://News.Example:80", "http://news.example/"), ("https://news.example:443/a?b#c", "https://news.example/a?b"),
        ("http://новости.example/где?что=это", "http://xn--b1amnebsh.example/%D0%B3%D0%B4%D0%B5?%D1%87%D1%82%D0%BE=%D1%8D%D1%82%D0%BE"),
        ("http://news.example:8080/a b\t", "http://news.example:8080/a%20b"), ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("http://news.example./%41", "http://news.example/%41"), (" http://news.example/\r\nX: y", "http://news.example/X:%20y"),
    ],
)  # fmt: skip
def test_an_address_is_written_in_one_form(url: str, one_form: str) -> None:
    assert guard.read_url(url).url == one_form


@settings(max_examples=300)
@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://a.example/", "http://a.example:"]))
def test_any_text_gives_a_clean_target_or_an_error_of_ours(text: str, start: str) -> None:
    try:
        target = guard.read_url(start + text)
    except FetchError:
        return
    assert target.url.isascii()
    assert target.path.startswith("/")
    assert not set(target.url) & set(" \t\r\n\0")
    assert guard.read_url(target.url) == target


@settings(max_examples=200)
@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_any_location_gives_a_target_or_an_error_of_ours(location: str) -> None:
    try:
        onward = guard.follow(guard.read_url("http://a.example/dir/x"), location)
    except FetchError:
        return
    assert onward.scheme in {"http", "https"}
