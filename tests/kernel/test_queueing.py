"""The queue carries names of jobs as signed JSON: nothing else is written, and nothing else is read."""

import json
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from huey import Huey
from huey.registry import Message

from caseapp.kernel.jobs import Job
from caseapp.kernel.machine import Machine
from caseapp.kernel.queueing import SignedJson, TamperedError, nudge, open_queue, register
from tests.house import SECRET


@pytest.fixture
def serializer() -> SignedJson:
    """Give the serializer of the house."""
    return SignedJson(SECRET)


@pytest.mark.parametrize(
    "message",
    [
        Message("1", "queue.job_compose", retries=0, args=(), kwargs={}),
        Message("2", "x", eta=datetime(2026, 11, 24, 9, tzinfo=UTC), args=("code", 7)),
    ],
)
def test_a_job_comes_back_as_it_was(serializer: SignedJson, message: Message) -> None:
    read = serializer.deserialize(serializer.serialize(message))
    assert (read.id, read.name, read.eta, tuple(read.args)) == (
        message.id,
        message.name,
        message.eta,
        tuple(message.args),
    )


def test_what_is_written_is_json_after_a_hash(serializer: SignedJson) -> None:
    data = serializer.serialize(Message("1", "queue.job_compose", args=()))
    assert json.loads(data[64:])["name"] == "queue.job_compose"


@pytest.mark.parametrize("change", [lambda data: data[:-1] + b" ", lambda data: b"0" + data[1:]])
def test_what_was_changed_is_refused(serializer: SignedJson, change: object) -> None:
    data = serializer.serialize(Message("1", "queue.job_compose", args=()))
    with pytest.raises(TamperedError):
        serializer.deserialize(change(data))  # type: ignore[operator]


def test_another_house_cannot_put_jobs_in_our_queue(serializer: SignedJson) -> None:
    data = SignedJson("y" * 40).serialize(Message("1", "queue.job_compose", args=()))
    with pytest.raises(TamperedError):
        serializer.deserialize(data)


class Trap:
    """What a pickle would do when it is read."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("a pickle was read",)


def test_a_pickle_is_never_read(serializer: SignedJson) -> None:
    with pytest.raises(TamperedError):
        serializer.deserialize(pickle.dumps(Trap()))


@pytest.mark.parametrize("rich", [{"name": "x"}, ["x"], 1.5, Trap()])
def test_nothing_rich_is_written(serializer: SignedJson, rich: object) -> None:
    with pytest.raises(TamperedError):
        serializer.serialize(Message("1", "x", args=(rich,)))
    with pytest.raises(TamperedError):
        serializer.serialize(rich)


def offered(queue: Huey) -> list[str]:
    """Let the clock offer its jobs once, take them from the queue, do them, and return their names."""
    for task in queue.read_periodic(datetime(2026, 11, 24, 9, tzinfo=UTC).replace(tzinfo=None)):
        queue.enqueue(task)
    names = []
    while (task := queue.dequeue()) is not None:
        names.append(type(task).__name__)
        queue.execute(task)
    return names


def test_two_clocks_offer_a_job_twice_and_it_is_done_once(house: Machine) -> None:
    done: list[str] = []
    job = Job("tried", timedelta(minutes=1), lambda _open, _settings: done.append("x"))
    queues = []
    for _worker in range(2):
        queue = open_queue(house.settings)
        queue.storage.blocking = False
        register(queue, [job], house)
        queues.append(queue)
    assert offered(queues[0]) == ["job_tried"]
    assert offered(queues[1]) == ["job_tried"]
    assert done == ["x"]
    for queue in queues:
        queue.storage.close()


def test_a_job_that_was_tampered_with_is_thrown_away(house: Machine) -> None:
    queue = open_queue(house.settings)
    queue.storage.blocking = False
    queue.storage.enqueue(pickle.dumps(Trap()))
    with pytest.raises(TamperedError):
        queue.dequeue()
    assert queue.dequeue() is None
    queue.storage.close()


def test_another_process_can_ask_the_workers_for_a_job_at_once(house: Machine) -> None:
    done: list[str] = []
    job = Job("tried", timedelta(minutes=1), lambda _open, _machine: done.append("x"))
    queue = open_queue(house.settings)
    queue.storage.blocking = False
    register(queue, [job], house)
    assert nudge(house.settings, "tried")
    task = queue.dequeue()
    assert done == []
    queue.execute(task)
    assert done == ["x"]
    assert queue.dequeue() is None
    queue.storage.close()


def test_when_the_queue_cannot_be_reached_nothing_is_lost_but_a_minute(
    house: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    gone = replace(
        house.settings,
        instance=house.settings.instance / "nowhere",
        database_url=house.settings.database_url.replace("test_", "gone_"),
    )
    assert not nudge(gone, "tried")
    assert "no worker could be asked to do tried" in caplog.text
