"""What tests need of `_http`: requests and responses as plans have them, and connections without a client.

What goes over the wire is compared before httpx has it, and failures of httpx are caused one by one.
"""

from tonearm._http import Answer, Backend, Head, adapter, deadline, options, proxies, sse, surroundings
from tonearm._http.adapter import Live, Translating
from tonearm._http.clients import AsyncHttpClient, HttpClient
from tonearm._http.connection import Connections, Options, Wire
from tonearm._http.deadline import Clock, Running
from tonearm._http.dry_run import Rehearsed, Sketch, rehearsal
from tonearm._http.early import AsyncNetwork
from tonearm._http.front_proxy import Front
from tonearm._http.multipart import Field, Multipart
from tonearm._http.network import Network, opened
from tonearm._http.own_clients import new_async_client, new_client
from tonearm._http.passing import Blocks, pass_blocks
from tonearm._http.request import Request
from tonearm._http.response import failure
from tonearm._http.settings import address, check_base_url, check_key
from tonearm._http.sse import Events, event_error
from tonearm._http.validation_problems import in_words
