"""A promise is named in the language of the reader, also where the record has no name but a code."""

import pytest

from caseapp.web.promise_names import promise_name
from tests.web.conftest import Reading


@pytest.mark.parametrize(
    ("topic", "text", "dutch", "english"),
    [
        ("action", "zwemles", "zwemles", "zwemles"),
        ("other", "GGZ", "GGZ", "GGZ"),
        ("waiting_list", "De Praktijk", "wachtlijst, De Praktijk", "waiting list, De Praktijk"),
        ("care", "GGZ", "zorg, therapie (GGZ)", "care, therapy (GGZ)"),
        ("school", "HO", "school, hoger", "school, higher"),
        ("unknown", "something", "something", "something"),
    ],
)
def test_a_promise_has_its_topic_where_its_words_do_not_say_it(
    reading: Reading, topic: str, text: str, dutch: str, english: str
) -> None:
    for language, words in (("nl", dutch), ("en", english)):
        with reading(language):
            assert promise_name(topic, text).startswith(words)
