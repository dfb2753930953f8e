"""Sample events in many languages and every kind of date; all of it invented, for looking at pages and for tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zlib import crc32

from tracker import edtf
from tracker.types import (
    Actor,
    Anchor,
    Dispute,
    Event,
    EventDate,
    EventFacts,
    EventId,
    MentionDate,
    Place,
    Quantity,
    Report,
    Revision,
    Status,
)

NOW = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)
PLACES = {
    "Pyongyang": Place("Pyongyang", "city", "KP", "1871859", 1871859, 39.03385, 125.75432),
    "Kursk": Place("Kursk Oblast", "region", "RU", "538555", 538555, 51.75, 36.0),
    "Wonsan": Place("Wonsan", "city", "KP", "1871374", 1871374, 39.15278, 127.44361),
    "Moscow": Place("Moscow", "city", "RU", "524901", 524901, 55.75222, 37.61556),
    "Tumen": Place("Tumen River", "other", "KP", "region:tumen"),
}
OUTLETS = {
    "en": "The Harbour Post",
    "id": "Harian Pelabuhan",
    "ru": "Портовые вести",
    "ko": "항구일보",
    "zh": "港口日报",
    "ar": "صحيفة الميناء",
    "es": "El Correo del Puerto",
    "de": "Hafenbote",
}
ZONES = {"id": 7, "ru": 3, "ko": 9, "zh": 8, "ar": 3, "de": 1, "es": 1, "en": 0}


def report(
    quote: str,
    language: str,
    published: str,
    *,
    phrase: str = "",
    value: str | None = None,
    anchor: Anchor = Anchor.DCT,
    status: Status = Status.OCCURRED,
    speaker: str = "",
) -> Report:
    """Build a report whose quote stands at character 40 of its article."""
    moment = datetime.fromisoformat(published).replace(tzinfo=timezone(timedelta(hours=ZONES[language])))
    at = quote.find(phrase)
    start, end = (40 + at, 40 + at + len(phrase)) if phrase else (None, None)
    said = None
    if phrase or value:
        said = MentionDate(
            edtf.parse(value) if value else None, anchor, f"{language}:sample", 0.8, phrase, start, end, "text"
        )
    digest = crc32((quote + published).encode("utf-8", "surrogatepass"))
    key = f"{language}-{digest % 100000}"
    return Report(
        article_id=key,
        url=f"https://{language}.example.org/{key}",
        title=quote[:40],
        outlet=OUTLETS[language],
        language=language,
        published=moment,
        published_has_time=True,
        quote=quote,
        field="text",
        start=40,
        end=40 + len(quote),
        lead=True,
        status=status,
        speaker=speaker,
        date=said,
    )


def event(
    number: int,
    value: str | None,
    reports: list[Report],
    *,
    status: Status = Status.OCCURRED,
    type_: str = "visit",
    place: str = "",
    importance: float = 0.3,
    disputed: tuple[Dispute, ...] = (),
) -> Event:
    """Build an event titled with its first report's quote."""
    languages = tuple(dict.fromkeys(r.language for r in reports))
    titles = {r.language: r.quote for r in reversed(reports)}
    facts = EventFacts(
        title=reports[0].quote,
        title_language=reports[0].language,
        date=EventDate(edtf.parse(value) if value else None, "given by the reports"),
        status=status,
        type=type_,
        who=(Actor("Sergei Shoigu", "person", "shoigu"),) if type_ == "visit" else (),
        where=(PLACES[place],) if place else (),
        quantities=(),
        importance=importance,
        outlets=len(languages),
        languages=languages,
        disputed=disputed,
        titles=tuple(titles.items()),
    )
    first = min((r.published for r in reports if r.published), default=NOW) + timedelta(minutes=11)
    return Event(EventId(number), facts, first, first, 1, ("ports",), tuple(reports))


def _dated() -> list[Event]:
    visit = [
        report("Sergei Shoigu tiba di Pyongyang pada Selasa untuk bertemu Kim Jong Un.", "id", "2025-06-18T09:12", phrase="pada Selasa", value="2025-06-17"),
        report("Секретарь Совбеза прибыл в Пхеньян 17 июня.", "ru", "2025-06-17T18:40", phrase="17 июня", value="2025-06-17", anchor=Anchor.EXPLICIT),
        report("وصل شويغو إلى بيونغ يانغ يوم الثلاثاء في زيارة هي الثانية خلال أسبوعين.", "ar", "2025-06-18T07:05", phrase="يوم الثلاثاء", value="2025-06-17"),
        report("쇼이구 러시아 안보회의 서기가 지난 17일 평양을 방문했다.", "ko", "2025-06-19T10:00", phrase="지난 17일", value="2025-06-17"),
        report("Shoigu visited Pyongyang this month, his second trip in two weeks.", "en", "2025-06-20T08:00", phrase="this month", value="2025-06"),
    ]  # fmt: skip
    promised = [
        report("Russia said 1,000 sappers and 5,000 military builders would come to Kursk region.", "en", "2025-06-17T20:10", value="2025-06-17", anchor=Anchor.PUBLISHED),
        report("북한이 공병 1천 명과 군사 건설자 5천 명을 쿠르스크에 보내기로 했다고 17일 밝혔다.", "ko", "2025-06-18T06:30", phrase="17일", value="2025-06-17"),
        report("俄方6月17日宣布,朝鲜将派遣一千名工兵和五千名军事建设者。", "zh", "2025-06-18T08:00", phrase="6月17日", value="2025-06-17"),
    ]  # fmt: skip
    talks = [
        report("Lawrow traf Kim Jong Un am Samstag in Wonsan.", "de", "2025-07-13T07:00", phrase="am Samstag", value="2025-07-12"),
        report("外长周五抵达元山,随后举行会谈。", "zh", "2025-07-13T09:00", phrase="周五", value="2025-07-11"),
        report("El ministro ruso llegó a Wonsan el 12 de julio.", "es", "2025-07-13T12:00", phrase="12 de julio", value="2025-07-12", anchor=Anchor.EXPLICIT),
    ]  # fmt: skip
    dates = (Dispute("date", (("2025-07-12", (talks[0].article_id, talks[2].article_id)), ("2025-07-11", (talks[1].article_id,)))),)  # fmt: skip
    sappers = event(2, "2025-06-17", promised, place="Kursk", type_="announcement", importance=0.8)
    counted = (Quantity(1000, "sapper", "1,000 sappers"), Quantity(5000, "builder", "5,000 military builders"))
    return [
        replace(
            event(1, "2025-06-17", visit, place="Pyongyang", importance=0.9),
            revision=2,
            revisions=(
                Revision(1, "created", "", "2025-06", "first report", datetime(2025, 6, 17, 15, 51, tzinfo=UTC)),
                Revision(2, "redated", "2025-06", "2025-06-17", "a report names the day", datetime(2025, 6, 18, 2, 20, tzinfo=UTC)),
            ),
        ),
        replace(sappers, facts=replace(sappers.facts, quantities=counted)),
        event(3, "[2025-07-11,2025-07-12]", talks, place="Wonsan", type_="meeting", importance=0.7, disputed=dates),
        event(4, "2025-06-04", [report("Шойгу встретился с Ким Чен Ыном в Пхеньяне в среду.", "ru", "2025-06-05T10:00", phrase="в среду", value="2025-06-04")], place="Pyongyang"),
        event(5, "2025-07-01/2025-07-03", [report("From 1 to 3 July a culture delegation toured the museums of Pyongyang.", "en", "2025-07-04T09:00", phrase="From 1 to 3 July", value="2025-07-01/2025-07-03", anchor=Anchor.EXPLICIT)], place="Pyongyang", type_="visit"),
        event(6, "2025-11-14", [report("The army paper showed the sappers at work on Friday.", "en", "2025-11-15T08:30", phrase="on Friday", value="2025-11-14"), report("Военная газета показала работу сапёров.", "ru", "2025-11-14T21:00", value="2025-11-14", anchor=Anchor.PUBLISHED)], place="Kursk", type_="report"),
    ]  # fmt: skip


def _vague() -> list[Event]:
    return [
        event(10, "2025-22", [report("Para pembangun dari Korea Utara mulai memperbaiki desa yang hancur musim panas lalu.", "id", "2025-11-12T08:00", phrase="musim panas lalu", value="2025-22"), report("Builders began to restore the villages in the summer.", "en", "2025-10-02T08:00", phrase="in the summer", value="2025-22")], place="Kursk", type_="construction"),
        event(11, "[2025-06-21..2025-06-30]", [report("В конце июня первая группа сапёров выехала в Курскую область.", "ru", "2025-07-20T08:00", phrase="В конце июня", value="[2025-06-21..2025-06-30]")], place="Kursk", type_="deployment"),
        event(12, "../2025-06-11", [report("Подписан текст дополнительного протокола, сообщили до 12 июня.", "ru", "2025-06-13T08:00", phrase="до 12 июня", value="../2025-06-11", status=Status.ALLEGED, speaker="РИА Порт")], place="Moscow", status=Status.ALLEGED, type_="agreement"),
        event(13, "2025-09/..", [report("The ferry line has been running since September.", "en", "2025-11-02T08:00", phrase="since September", value="2025-09/..", status=Status.ONGOING)], status=Status.ONGOING, type_="transport"),
        event(14, "2025-08", [report("В августе началось строительство моста.", "ru", "2025-09-02T08:00", phrase="В августе", value="2025-08")], place="Tumen", type_="construction"),
        event(15, "2019", [report("Die Häfen schlossen 2019 einen Vertrag.", "de", "2025-09-02T08:00", phrase="2019", value="2019", anchor=Anchor.EXPLICIT)], type_="agreement"),
        event(16, "1953-07-27", [report("정전 협정은 1953년 7월 27일에 체결되었다.", "ko", "2025-07-27T08:00", phrase="1953년 7월 27일", value="1953-07-27", anchor=Anchor.EXPLICIT)], type_="agreement", importance=0.1),
    ]  # fmt: skip


def _ahead() -> list[Event]:
    return [
        event(20, "2026-05-03", [report("The bridge is to be opened on 3 May 2026.", "en", "2025-11-03T08:00", phrase="3 May 2026", value="2026-05-03", anchor=Anchor.EXPLICIT, status=Status.PLANNED)], place="Tumen", status=Status.PLANNED, type_="opening"),
        event(21, None, [report("Sappers will begin clearing mines when conditions allow, Rudenko said.", "en", "2025-11-10T12:00", status=Status.PLANNED, speaker="Andrei Rudenko"), report("Руденко: сапёры приступят, когда позволят условия.", "ru", "2025-11-10T15:00", status=Status.PLANNED)], place="Kursk", status=Status.PLANNED, type_="demining"),
        event(22, "2025-10-01", [report("ستفتتح المحطة في الأول من أكتوبر.", "ar", "2025-09-10T08:00", phrase="الأول من أكتوبر", value="2025-10-01", status=Status.PLANNED)], status=Status.PLANNED, type_="opening"),
        event(23, None, [report("El ministerio negó que se hubiera firmado un acuerdo secreto.", "es", "2025-10-21T08:00", status=Status.DENIED, speaker="Ministerio de Exteriores")], status=Status.DENIED, type_="agreement"),
        event(24, "2025-10-20", [report("The November parade was cancelled on Monday.", "en", "2025-10-21T08:00", phrase="on Monday", value="2025-10-20", status=Status.CANCELLED)], status=Status.CANCELLED, type_="parade"),
    ]  # fmt: skip


def _series() -> list[Event]:
    """A run of plain events, so that the ribbon has a shape."""
    days = [datetime(2024, 6, 19, tzinfo=UTC) + timedelta(days=round(4.9 * n + (n * n) % 17)) for n in range(100)]
    return [
        event(100 + n, day.date().isoformat(), [report(f"Cargo train {n + 1} crossed the border on {day:%A}.", "en", (day + timedelta(days=1)).replace(tzinfo=None).isoformat(), phrase=f"on {day:%A}", value=day.date().isoformat())], type_="transport", importance=0.1)
        for n, day in enumerate(days)
        if day < NOW
    ]  # fmt: skip


def events() -> list[Event]:
    """Give all sample events."""
    return [*_dated(), *_vague(), *_ahead(), *_series()]
