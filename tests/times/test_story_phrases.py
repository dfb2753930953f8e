"""The phrases a story hangs on, in sentences of the kind it is told in: a season, a month or a day, and beside it the event it follows.

All documents are of Wednesday, 12 November 2025.
"""

from __future__ import annotations

from datetime import date

import pytest

from tracker.languages import shipped
from tracker.times import tag

LANGUAGES = shipped()
WRITTEN = date(2025, 11, 12)

INDONESIAN = [
    (
        "Keputusan mengirim pasukan zeni diambil musim panas lalu, setelah kunjungan menteri pertahanan ke ibu kota.",
        "musim panas lalu",
        "2025-22",
    ),
    ("Pabrik itu mulai beroperasi musim semi lalu, seusai lawatan perdana menteri.", "musim semi lalu", "2025-21"),
    (
        "Jembatan perbatasan ditutup musim dingin lalu, sesudah bentrokan di tepi sungai.",
        "musim dingin lalu",
        "2024-24",
    ),
    (
        "Dua negara itu meneken perjanjian pada Juni tahun lalu, setelah pertemuan puncak di Astana.",
        "Juni tahun lalu",
        "2024-06",
    ),
    ("Latihan gabungan digelar bulan lalu, tak lama setelah kedatangan utusan khusus.", "bulan lalu", "2025-10"),
    ("Pekan lalu, usai perundingan di Jenewa, kedua pihak bertukar tawanan.", "Pekan lalu", "[2025-11-03..2025-11-09]"),
    ("Delegasi bertolak Senin lalu, sehari setelah upacara pemakaman.", "Senin lalu", "2025-11-10"),
    (
        "Kontrak pertama disepakati pada akhir Agustus, setelah kunjungan presiden.",
        "akhir Agustus",
        "[2025-08-21..2025-08-31]",
    ),
    ("Pada musim gugur 2024 ratusan insinyur tiba, menyusul kesepakatan kedua menteri.", "musim gugur 2024", "2024-23"),
    (
        "Awal tahun ini, setelah banjir besar, pemerintah membangun tanggul baru.",
        "Awal tahun ini",
        "[2025-01..2025-03]",
    ),
    ("Tiga bulan lalu, seusai kunjungan kanselir, bantuan mulai mengalir.", "Tiga bulan lalu", "2025-08"),
    (
        "Kapal itu berlayar pada 5 September, setelah mendapat izin dari otoritas pelabuhan.",
        "5 September",
        "2025-09-05",
    ),
    ("Sejak Juli, setelah gencatan senjata, pengungsi kembali ke desa mereka.", "Juli", "2025-07/.."),
    ("Tahun lalu, sebelum pemilihan, menteri itu berjanji membuka perbatasan.", "Tahun lalu", "2024"),
    (
        "Kesepakatan itu dicapai pada kuartal kedua 2025, setelah kunjungan delegasi dagang.",
        "kuartal kedua 2025",
        "2025-34",
    ),
    ("Kemarin, usai rapat kabinet, juru bicara membantah kabar itu.", "Kemarin", "2025-11-11"),
    (
        "Pasukan ditarik pada pertengahan Oktober, setelah tekanan dari para tetangga.",
        "pertengahan Oktober",
        "[2025-10-11..2025-10-20]",
    ),
    ("Sekitar seratus tukang dikirim pada April lalu, setelah kunjungan gubernur.", "April lalu", "2025-04"),
    ("Pekan depan, setelah kunjungan ke Beijing, presiden akan berpidato.", "Pekan depan", "[2025-11-17..2025-11-23]"),
    ("Pada musim panas 2023, sebelum perang meluas, pameran itu dibuka.", "musim panas 2023", "2023-22"),
]
RUSSIAN = [
    (
        "Решение направить сапёров было принято прошлым летом после визита министра обороны в столицу.",
        "прошлым летом",
        "2025-22",
    ),
    ("Завод заработал прошлой весной, после поездки премьера в регион.", "прошлой весной", "2025-21"),
    ("Мост закрыли прошлой зимой, после столкновений на границе.", "прошлой зимой", "2024-24"),
    ("Договор подписали в июне прошлого года, после саммита в Астане.", "июне прошлого года", "2024-06"),
    ("Учения прошли в прошлом месяце, вскоре после приезда спецпредставителя.", "в прошлом месяце", "2025-10"),
    (
        "На прошлой неделе, после переговоров в Женеве, стороны обменялись пленными.",
        "прошлой неделе",
        "[2025-11-03..2025-11-09]",
    ),
    ("Осенью 2024 года прибыли сотни строителей, как и договорились министры.", "Осенью 2024 года", "2024-23"),
    ("В начале этого года, после наводнения, построили новую дамбу.", "начале этого года", "[2025-01..2025-03]"),
    ("Три месяца назад, после визита канцлера, пошла первая помощь.", "Три месяца назад", "2025-08"),
    ("Судно вышло в море 5 сентября, после разрешения портовых властей.", "5 сентября", "2025-09-05"),
    ("С июля, после перемирия, беженцы возвращаются в деревни.", "июля", "2025-07/.."),
    ("В прошлом году, перед выборами, министр обещал открыть границу.", "прошлом году", "2024"),
    ("Вчера, после заседания кабинета, представитель опроверг эти слухи.", "Вчера", "2025-11-11"),
    ("Войска вывели в середине октября, после давления соседей.", "середине октября", "[2025-10-11..2025-10-20]"),
    (
        "На следующей неделе, после поездки в Пекин, президент выступит с речью.",
        "следующей неделе",
        "[2025-11-17..2025-11-23]",
    ),
    ("Летом 2023 года, ещё до большой войны, открылась выставка.", "Летом 2023 года", "2023-22"),
    (
        "Первый контракт согласовали в конце августа, после визита президента.",
        "конце августа",
        "[2025-08-21..2025-08-31]",
    ),
    ("В понедельник, после похорон, делегация вылетела домой.", "понедельник", "2025-11-10"),
    (
        "Соглашение достигнуто во втором квартале 2025 года, после приезда торговой миссии.",
        "втором квартале 2025 года",
        "2025-34",
    ),
    ("Сто мастеров прислали в апреле 2025 года, после поездки губернатора.", "апреле 2025 года", "2025-04"),
]
KOREAN = [
    ("공병 파견은 지난 여름 국방장관의 수도 방문 이후 결정됐다.", "지난 여름", "2025-22"),
    ("그 공장은 지난봄 총리의 시찰 이후 가동을 시작했다.", "지난봄", "2025-21"),
    ("국경 다리는 지난겨울 충돌 이후 폐쇄됐다.", "지난겨울", "2024-24"),
    ("양국은 지난해 6월 정상회담 이후 조약에 서명했다.", "지난해 6월", "2024-06"),
    ("합동 훈련은 지난달 특사 도착 직후 실시됐다.", "지난달", "2025-10"),
    ("지난주 제네바 협상 이후 양측은 포로를 교환했다.", "지난주", "[2025-11-03..2025-11-09]"),
    ("2024년 가을 장관 합의에 따라 기술자 수백 명이 도착했다.", "2024년 가을", "2024-23"),
    ("3개월 전 총리 방문 이후 첫 지원이 도착했다.", "3개월 전", "2025-08"),
    ("선박은 9월 5일 항만 당국의 허가를 받은 뒤 출항했다.", "9월 5일", "2025-09-05"),
    ("지난해 선거를 앞두고 장관은 국경 개방을 약속했다.", "지난해", "2024"),
    ("어제 각의 이후 대변인은 소문을 부인했다.", "어제", "2025-11-11"),
    ("다음 주 베이징 방문 이후 대통령이 연설할 예정이다.", "다음 주", "[2025-11-17..2025-11-23]"),
    ("2023년 여름 전쟁이 번지기 전에 전시회가 열렸다.", "2023년 여름", "2023-22"),
    ("지난 4월 주지사 방문 이후 목수 백 명이 파견됐다.", "지난 4월", "2025-04"),
    ("2025년 2분기 무역 사절단 방문 이후 합의가 이뤄졌다.", "2025년 2분기", "2025-34"),
    ("올해 홍수 이후 정부는 새 제방을 쌓았다.", "올해", "2025"),
    ("지난 월요일 장례식 이후 대표단이 귀국했다.", "지난 월요일", "2025-11-10"),
    ("2024년 6월 19일 회담 이후 두 나라는 서로 돕기로 했다.", "2024년 6월 19일", "2024-06-19"),
    ("내년 봄 공사가 끝나면 마을 주민이 돌아온다.", "내년 봄", "2026-21"),
    ("지난 여름 홍수가 휩쓴 마을을 기술자들이 고치고 있다.", "지난 여름", "2025-22"),
]
ENGLISH = [
    ("The decision to send sappers was taken last summer, after the visit of the defence minister.", "last summer", "2025-22"),
    ("The plant began work last spring, after the prime minister toured the region.", "last spring", "2025-21"),
    ("The bridge was closed last winter, after clashes on the border.", "last winter", "2024-24"),
    ("The treaty was signed in June last year, after a summit in Astana.", "June last year", "2024-06"),
    ("The drills were held last month, soon after the envoy arrived.", "last month", "2025-10"),
    ("Last week, after talks in Geneva, the sides exchanged prisoners.", "Last week", "[2025-11-03..2025-11-09]"),
    ("In autumn 2024 hundreds of engineers arrived, as the ministers had agreed.", "autumn 2024", "2024-23"),
    ("Early this year, after the flood, a new dam was built.", "Early this year", "[2025-01..2025-03]"),
    ("Three months ago, after the chancellor's visit, the first aid arrived.", "Three months ago", "2025-08"),
    ("The ship sailed on 5 September, after the port gave leave.", "5 September", "2025-09-05"),
    ("Since July, after the truce, refugees have been returning to their villages.", "July", "2025-07/.."),
    ("Last year, before the vote, the minister promised to open the border.", "Last year", "2024"),
    ("Yesterday, after the cabinet met, a spokesman denied the rumours.", "Yesterday", "2025-11-11"),
    ("The troops were withdrawn in mid-October, under pressure from the neighbours.", "mid-October", "[2025-10-11..2025-10-20]"),
    ("Next week, after a trip to Beijing, the president will speak.", "Next week", "[2025-11-17..2025-11-23]"),
    ("In the summer of 2023, before the war spread, the show opened.", "summer of 2023", "2023-22"),
    ("The first contract was agreed in late August, after the president's visit.", "late August", "[2025-08-21..2025-08-31]"),
    ("The delegation left last Monday, after the funeral.", "last Monday", "2025-11-10"),
    ("A deal was reached in the second quarter of 2025, after a trade mission came.", "second quarter of 2025", "2025-34"),
    ("A hundred carpenters were sent last April, after the governor's trip.", "last April", "2025-04"),
]  # fmt: skip
ALL = [
    (iso, *row) for iso, rows in (("id", INDONESIAN), ("ru", RUSSIAN), ("ko", KOREAN), ("en", ENGLISH)) for row in rows
]


@pytest.mark.parametrize(("iso", "sentence", "phrase", "value"), ALL)
def test_a_phrase_of_a_story_is_read(iso: str, sentence: str, phrase: str, value: str) -> None:
    data = LANGUAGES.times(iso)
    assert data is not None
    found = {m.edtf.text: m.text for m in tag(sentence, data=data, dct=WRITTEN) if m.edtf}
    assert value in found, found
    assert phrase in found[value] or found[value] in phrase
