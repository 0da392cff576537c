"""JSON-RPC calls to one node, with every failure turned into a JamjarError."""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from eth_abi.exceptions import DecodingError
from requests.exceptions import ConnectionError as RequestConnectionError
from requests.exceptions import RequestException
from web3 import HTTPProvider, Web3
from web3.exceptions import ContractLogicError, InvalidAddress, NameNotFound, TimeExhausted, Web3Exception, Web3RPCError
from web3.middleware import ExtraDataToPOAMiddleware
from web3.providers.rpc.utils import ExceptionRetryConfiguration
from web3.types import RPCEndpoint

from jamjar.errors import AnswerTooLarge, InvalidInput, JamjarError, LedgerError, NodeUnavailable
from jamjar.protocol import rejections
from jamjar.service.bounded_session import AnswerTooLong, BoundedSession
from jamjar.service.json_rpc import MOST_BYTES, RpcError

ANSWER_SECONDS: Final = 10
_LONG_EXTRA_DATA: Final = "long extra data"

_T = TypeVar("_T")


def provider(url: str, answer_seconds: float) -> HTTPProvider:
    """Return a connection that retries only when it was lost, so that no call takes minutes.

    It reads the chain id once: web3 would read it twice more with every call.
    """
    again = ExceptionRetryConfiguration(errors=(RequestConnectionError,), retries=2, backoff_factor=0.1)
    connection = HTTPProvider(
        url,
        session=BoundedSession(answer_seconds, MOST_BYTES),
        exception_retry_configuration=again,
        cache_allowed_requests=True,
        cacheable_requests={RPCEndpoint("eth_chainId")},
    )
    connection.global_ccip_read_enabled = False  # otherwise a node could send this program to a URL of its choice
    return connection


def of_any_engine(web3: Web3) -> Web3:
    """Have a connection read the blocks of every consensus engine, and return it.

    web3 refuses more than 32 bytes of extra data, and Clique, QBFT and IBFT keep their signatures there.
    """
    if _LONG_EXTRA_DATA not in web3.middleware_onion:
        web3.middleware_onion.inject(ExtraDataToPOAMiddleware, _LONG_EXTRA_DATA, layer=0)
    return web3


def connection(node: Web3 | str, answer_seconds: float = ANSWER_SECONDS) -> Web3:
    """Return a connection to the node at a URL, or the one that is given; it reads the blocks of every engine."""
    return of_any_engine(Web3(provider(node, answer_seconds)) if isinstance(node, str) else node)


def name_of(web3: Web3) -> str:
    """Return what errors call a node: its address without path and password, which may be secret."""
    parts = urlsplit(str(getattr(web3.provider, "endpoint_uri", "")))
    return f"The node {parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else "The node"


def connect(url: str) -> tuple[Web3, int]:
    """Return a connection to a node, and the id of its chain; raises NodeUnavailable."""
    web3 = connection(url)
    return web3, ask(lambda: int(web3.eth.chain_id))


def ask_all(web3: Web3, calls: Sequence[tuple[RPCEndpoint, Any]]) -> Any:
    """Return the node's answers to calls, in order; they are made one by one where it takes no batches."""
    node: Any = web3.provider
    answers = node.make_batch_request(calls)
    if not isinstance(answers, dict):  # which is one refusal, of the batch
        return answers
    return [node.make_request(method, parameters) for method, parameters in calls]


def ask(question: Callable[[], _T]) -> _T:
    """Return the result of a call to a node.

    Raises Rejected (a contract refused), NodeUnavailable (no valid answer), InvalidInput (the call is wrong),
    LedgerError (everything else).
    """
    try:
        return question()
    except JamjarError:
        raise
    except (ContractLogicError, Web3RPCError) as error:
        raise _refusal(error) from error
    except (InvalidAddress, NameNotFound) as error:
        raise InvalidInput("An address is 0x and 40 hex digits with their checksum; copy it again.") from error
    except AnswerTooLong as error:
        raise AnswerTooLarge("The node's answer is too large; ask for less, or another node.") from error
    except (RequestException, TimeoutError, OSError) as error:
        raise NodeUnavailable(f"The node did not answer ({type(error).__name__}); start or check it.") from error
    except TimeExhausted as error:
        raise NodeUnavailable(f"{error}; look for the transaction before sending it again.") from error
    except (
        Web3Exception,
        ArithmeticError,
        AttributeError,
        DecodingError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise NodeUnavailable(f"The node's answer is invalid ({type(error).__name__}); ask another node.") from error


def refusal(error: RpcError) -> LedgerError:
    """Return what a node's refusal says: a contract's error where its data is one, or what the node says."""
    data = error.data
    if isinstance(data, dict):  # some nodes put the revert data within an object
        data = data.get("result") or data.get("data")
    try:
        return rejections.decode(bytes.fromhex(data.removeprefix("0x")))
    except (AttributeError, ValueError):  # no data, or none that is hex
        return LedgerError(f"The node refused without saying which rule: {error.message}; look at its log.")


def _refusal(error: ContractLogicError | Web3RPCError) -> LedgerError:
    data: Any = getattr(error, "data", None)
    if data is None and isinstance(error, Web3RPCError) and isinstance(error.rpc_response, dict):
        answer: Any = error.rpc_response.get("error")
        data = answer.get("data") if isinstance(answer, dict) else None
    return refusal(RpcError(str(error), data))
